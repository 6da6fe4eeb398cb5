import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/status";
import { formatCount, formatPlural, formatTotal } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { INBOX_KIND_WORDS, type InboxKind } from "@/lib/inbox/inbox-row";
import type { listOpenWork } from "@/lib/sync/recent-work";

type Work = Awaited<ReturnType<typeof listOpenWork>>;

interface Item {
  key: string;
  tone: Tone;
  href: string;
  title: string;
  detail: string;
}

/** What waits for a person: how much, the worst first, each one click from where it is answered. */
export function OpenWork({ work }: { work: Work }) {
  const items = itemsOf(work);
  const { total, isCapped } = work.count;
  return (
    <section aria-labelledby="open-work">
      <h2 id="open-work" className="mb-2 text-xs text-muted">
        Needs a person
      </h2>
      {total > 0 && (
        <p className="mb-2">
          <Link href="/inbox" className="group flex items-baseline gap-2">
            <span className="tabular text-2xl font-[650] tracking-tight">
              {formatTotal({ count: total, isCapped })}
            </span>
            <span className="text-muted group-hover:underline">{total === 1 ? "waits" : "wait"} in the inbox</span>
          </Link>
        </p>
      )}
      {items.length === 0 ? (
        <p className="flex items-center gap-2 rounded-md border bg-panel px-3 py-3 text-muted">
          <CircleCheck aria-hidden className="size-[15px] text-green" />
          Nothing waits. New work appears here.
        </p>
      ) : (
        <ul className="rounded-md border bg-panel">
          {items.map((item) => (
            <li key={item.key} className="relative border-line-soft px-3 py-2 not-last:border-b hover:bg-hover">
              <div className="flex items-baseline gap-2">
                <StatusDot tone={item.tone}>
                  <span className="sr-only">{item.tone === "red" ? "failed" : "waits"}</span>
                </StatusDot>
                <Link href={item.href} className="row-link font-medium">
                  {item.title}
                </Link>
              </div>
              <p className="line-clamp-2 pl-[15px] text-xs text-muted">{item.detail}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function itemsOf({ count, named, uncategorised }: Work): Item[] {
  return [
    ...named.map(namedItem),
    ...KINDS.filter(({ kind }) => count.kinds[kind] > 0).map(({ kind, detail }) => ({
      key: kind,
      tone: "amber" as const,
      href: hrefWith("/inbox", { kind }),
      title: formatPlural(count.kinds[kind], INBOX_KIND_WORDS[kind].one, INBOX_KIND_WORDS[kind].many),
      detail,
    })),
    ...(uncategorised > 0 ? [uncategorisedItem(uncategorised)] : []),
  ];
}

const KINDS: { kind: InboxKind; detail: string }[] = [
  { kind: "match", detail: "Rows of feeds that name no product, or several. Say once which one it is." },
  { kind: "conflict", detail: "A feed says other than what a person keeps." },
  { kind: "refused", detail: "Mend them and try them again, or set them aside." },
  { kind: "missing", detail: "Their source has not listed them for several runs." },
];

function namedItem(row: Work["named"][number]): Item {
  return {
    key: row.subject,
    tone: row.kind === "failed" ? "red" : "amber",
    href: row.run === null ? hrefWith("/inbox", { open: row.subject }) : `/syncs/${row.run}`,
    title: row.title,
    detail: row.detail,
  };
}

function uncategorisedItem(count: number): Item {
  return {
    key: "uncategorised",
    tone: "amber",
    href: "/catalog/~uncategorised",
    title: `${formatCount(count)} ${count === 1 ? "product has" : "products have"} no category`,
    detail: "The feed gave none. They wait in Uncategorised.",
  };
}
