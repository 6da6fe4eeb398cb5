import Link from "next/link";
import type { ReactNode } from "react";
import { Section } from "@/components/categories/section";
import { FactRow } from "@/components/ui/fact";
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
          <FactRow label="Name">{icon.filename}</FactRow>
          <FactRow label="Size">
            {width && height ? `${width} × ${height} px, ` : ""}
            {hadFile ? `${format?.toUpperCase() ?? "unknown format"}, ${formatBytes(fileSize)}` : NOTHING}
          </FactRow>
          {hadFile && (
            <FactRow label="SHA-256">
              <span className="mono break-all text-xs">{fileHash}</span>
            </FactRow>
          )}
          <FactRow label="Came from">{ORIGINS[icon.origin]}</FactRow>
          <FactRow label="By">
            {icon.madeBy}, <Time at={icon.createdAt} format="short" />
          </FactRow>
          {icon.rejection && !icon.merged && (
            <FactRow label="Rejected">
              “{icon.rejection.reason}” — {icon.rejection.by}, <Time at={new Date(icon.rejection.at)} format="short" />
            </FactRow>
          )}
        </Facts>
      </Section>
      {earlier.length > 0 && (
        <Section title="From the earlier system">
          <Facts>
            {earlier.map(([label, value]) => (
              <FactRow key={label} label={label}>
                {value}
              </FactRow>
            ))}
          </Facts>
        </Section>
      )}
      {generations.map((one) => (
        <Section key={one.id} title={`Generated in batch ${one.batch.number}`}>
          <Facts>
            <FactRow label="Batch">
              <Link href={`/icons/batches/${one.batch.number}`} className="text-accent underline">
                Batch {one.batch.number}
              </Link>
              {one.variation > 1 && `, variation ${one.variation}`}
            </FactRow>
            <FactRow label="Asked for">
              {one.categoryPath} by {one.by}, <Time at={one.createdAt} format="short" />
            </FactRow>
            <FactRow label="Prompt">
              <span className="whitespace-pre-wrap">{one.prompt || NOTHING}</span>
            </FactRow>
            <FactRow label="Model">
              {one.model || (one.provider === "built-in" ? ORIGINS["built-in"] : NOTHING)}
            </FactRow>
            <FactRow label="Look">
              {[one.style, one.color, one.background, `${one.size} px`].filter(Boolean).join(" · ")}
            </FactRow>
            <FactRow label="Took">{one.seconds === null ? NOTHING : formatDuration(one.seconds)}</FactRow>
            <FactRow label="Cost">{costWords(one, icon.currency)}</FactRow>
          </Facts>
        </Section>
      ))}
    </>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">{children}</dl>;
}

function costWords({ provider, isFromCache, costMicros }: IconDetails["generations"][number], currency: string) {
  if (isFromCache) return "nothing: an equal one was there";
  if (provider === "built-in") return "nothing";
  return costMicros === null ? "unknown" : formatMicros(costMicros, currency);
}
