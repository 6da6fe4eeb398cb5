import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { formatBytes, formatCount } from "@/lib/format";
import type { ReadableEntry, ReadableValue } from "@/lib/jobs/readable-values";

type Props = {
  title: string;
  entries: ReadableEntry[];
  /** As it is stored: shown on request. */
  stored: unknown;
  /** What is said when there is none. */
  none: string;
  /** Values that are better shown as a link, by name. */
  links?: Record<string, ReactNode>;
};

/** A job's parameters or result as a list of names and values, the JSON behind it on request. */
export function JobValues({ title, entries, stored, none, links = {} }: Props) {
  return (
    <section aria-label={title} className="border-t px-4 py-3">
      <h2 className="mb-1.5 text-sm font-semibold">{title}</h2>
      {entries.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <>
          <Entries entries={entries} links={links} />
          <details className="mt-2 text-xs text-muted">
            <summary className="cursor-pointer hover:text-text">As JSON</summary>
            <pre className="mono mt-1 max-h-72 overflow-auto rounded-md bg-sunk p-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {JSON.stringify(stored, null, 2)}
            </pre>
          </details>
        </>
      )}
    </section>
  );
}

function Entries({ entries, links }: { entries: ReadableEntry[]; links: Record<string, ReactNode> }) {
  return (
    <dl className="grid gap-1">
      {entries.map(({ name, label, value }) => (
        <div key={name} className={value.kind === "group" ? "grid gap-1" : "flex items-baseline justify-between gap-3"}>
          <dt className="shrink-0 text-xs text-muted">{label}</dt>
          <dd
            className={value.kind === "group" ? "border-l pl-3" : "tabular min-w-0 text-right [overflow-wrap:anywhere]"}
          >
            {links[name] ?? <Value value={value} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: ReadableValue }) {
  switch (value.kind) {
    case "text":
      return value.href ? <TextLink href={value.href}>{value.text}</TextLink> : value.text;
    case "number":
      return value.isBytes ? formatBytes(value.value) : formatCount(value.value);
    case "time":
      return <Time at={value.at} format="exact" />;
    case "list":
      return `${value.items.join(", ")}${value.more > 0 ? ` and ${formatCount(value.more)} more` : ""}`;
    case "group":
      return <Entries entries={value.entries} links={{}} />;
    default:
      return value satisfies never;
  }
}

function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent hover:underline">
      {children}
    </Link>
  );
}
