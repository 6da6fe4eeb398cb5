import Link from "next/link";
import type { ReactNode } from "react";
import { Section } from "@/components/categories/section";
import { Time } from "@/components/ui/time";
import { formatBytes, formatDuration, NOTHING } from "@/lib/format";
import { formatMicros } from "@/lib/icons/format-micros";
import type { IconDetails } from "@/lib/icons/get-icon";
import { ORIGINS } from "@/lib/icons/icon-search";
import { legacyFacts } from "./legacy/legacy-facts";

/** What is known of an icon: its file, and how it came to be. */
export function IconFacts({ icon }: { icon: IconDetails }) {
  const { width, height, format, fileSize, fileHash, generations } = icon;
  const hadFile = icon.storagePath !== "";
  const earlier = legacyFacts(icon);
  return (
    <>
      <Section title="File">
        <Facts>
          <Fact label="Name">{icon.filename}</Fact>
          <Fact label="Size">
            {width && height ? `${width} × ${height} px, ` : ""}
            {hadFile ? `${format?.toUpperCase() ?? "unknown format"}, ${formatBytes(fileSize)}` : NOTHING}
          </Fact>
          {hadFile && (
            <Fact label="SHA-256">
              <span className="mono break-all text-xs">{fileHash}</span>
            </Fact>
          )}
          <Fact label="Came from">{ORIGINS[icon.origin]}</Fact>
          <Fact label="By">
            {icon.madeBy}, <Time at={icon.createdAt} format="short" />
          </Fact>
          {icon.rejection && (
            <Fact label="Rejected">
              “{icon.rejection.reason}” — {icon.rejection.by}, <Time at={new Date(icon.rejection.at)} format="short" />
            </Fact>
          )}
        </Facts>
      </Section>
      {earlier.length > 0 && (
        <Section title="From the earlier system">
          <Facts>
            {earlier.map(([label, value]) => (
              <Fact key={label} label={label}>
                {value}
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      {generations.map((one) => (
        <Section key={one.id} title={`Generated in batch ${one.batch.number}`}>
          <Facts>
            <Fact label="Batch">
              <Link href={`/icons/batches/${one.batch.number}`} className="text-accent underline">
                Batch {one.batch.number}
              </Link>
              {one.variation > 1 && `, variation ${one.variation}`}
            </Fact>
            <Fact label="Asked for">
              {one.categoryPath} by {one.by}, <Time at={one.createdAt} format="short" />
            </Fact>
            <Fact label="Prompt">
              <span className="whitespace-pre-wrap">{one.prompt || NOTHING}</span>
            </Fact>
            <Fact label="Model">{one.model || (one.provider === "built-in" ? ORIGINS["built-in"] : NOTHING)}</Fact>
            <Fact label="Look">
              {[one.style, one.color, one.background, `${one.size} px`].filter(Boolean).join(" · ")}
            </Fact>
            <Fact label="Took">{one.seconds === null ? NOTHING : formatDuration(one.seconds)}</Fact>
            <Fact label="Cost">{costWords(one, icon.currency)}</Fact>
          </Facts>
        </Section>
      ))}
    </>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">{children}</dl>;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function costWords({ provider, isFromCache, costMicros }: IconDetails["generations"][number], currency: string) {
  if (isFromCache) return "nothing: an equal one was there";
  if (provider === "built-in") return "nothing";
  return costMicros === null ? "unknown" : formatMicros(costMicros, currency);
}
