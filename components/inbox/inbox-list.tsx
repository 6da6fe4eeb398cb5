"use client";

import { MessageSquare } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { isPlain, isTyping } from "@/components/palette/keyboard";
import { Checkbox } from "@/components/ui/input";
import { Badge, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { cn } from "@/lib/class-names";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { INBOX_KIND_WORDS, type InboxKind, type InboxRow } from "@/lib/inbox/inbox-row";
import type { InboxSearch } from "@/lib/inbox/search-params";
import { BulkBar } from "./bulk-bar";
import type { Me, Person } from "./me";

type Props = {
  rows: InboxRow[];
  search: InboxSearch;
  /** How many the present filters find. */
  shown: number;
  people: Person[];
  me: Me;
};

const TONES: Record<InboxKind, Tone> = {
  review: "amber",
  failed: "red",
  match: "amber",
  conflict: "amber",
  refused: "red",
  missing: "idle",
};

/** What waits, a line of two rows each: J and K walk, X ticks, Enter opens beside the list. */
export function InboxList({ rows, search, shown, people, me }: Props) {
  const router = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const href = (open: string) => hrefWith("/inbox", { ...search, open });

  const toggle = (subject: string) => setTicked((before) => toggled(before, subject));

  useEffect(
    function hearKeys() {
      function press(event: KeyboardEvent) {
        const key = event.key.toLowerCase();
        if (!["j", "k", "x"].includes(key) || !isPlain(event) || isTyping(event)) return;
        const links = [...(list.current?.querySelectorAll<HTMLElement>(".row-link") ?? [])];
        const focused = links.indexOf(document.activeElement as HTMLElement);
        const at = focused < 0 ? rows.findIndex((row) => row.subject === search.open) : focused;
        if (key === "x") {
          const row = rows[at];
          if (row) setTicked((before) => toggled(before, row.subject));
          return;
        }
        const next = key === "j" ? at + 1 : Math.max(0, at - 1);
        const link = links[next];
        if (!link) return;
        event.preventDefault();
        link.focus();
        link.closest("li")?.scrollIntoView({ block: "nearest" });
        const row = rows[next];
        // While something is open beside the list, walking it opens the next.
        if (search.open && row) router.replace(hrefWith("/inbox", { ...search, open: row.subject }), { scroll: false });
      }
      window.addEventListener("keydown", press);
      return () => window.removeEventListener("keydown", press);
    },
    [rows, search, router],
  );

  const isAll = rows.every((row) => ticked.has(row.subject));
  return (
    <>
      <div className="flex h-8 shrink-0 items-center gap-3 border-b px-3 text-xs text-muted">
        <Checkbox
          id="tick-all"
          checked={isAll}
          onChange={() => setTicked(isAll ? new Set() : new Set(rows.map((row) => row.subject)))}
        />
        <label htmlFor="tick-all">All on this page</label>
        <span className="ml-auto max-sm:hidden">what has waited longest first</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard */}
      <ul ref={list} aria-label="What needs a person" className="scroller min-h-0 flex-1 bg-panel" tabIndex={0}>
        {rows.map((row) => (
          <li
            key={row.subject}
            className={cn(
              "relative flex gap-3 border-b border-line-soft px-3 py-2 hover:bg-hover",
              search.open === row.subject && "bg-accent-soft",
            )}
          >
            <Checkbox
              className="relative z-10 mt-[3px]"
              aria-label={`Tick ${row.code || row.title}`}
              checked={ticked.has(row.subject)}
              onChange={() => toggle(row.subject)}
            />
            <div className="min-w-0 flex-1">
              <p className="flex min-w-0 items-baseline gap-2 max-sm:flex-col max-sm:gap-0.5">
                <Badge tone={TONES[row.kind]}>{INBOX_KIND_WORDS[row.kind].one}</Badge>
                <Link
                  href={href(row.subject)}
                  scroll={false}
                  prefetch={false}
                  title={row.title}
                  className="row-link max-w-full truncate font-medium max-sm:line-clamp-2 max-sm:whitespace-normal"
                >
                  {row.title}
                </Link>
                {row.code && !row.title.includes(row.code) && (
                  <span className="mono shrink-0 text-xs text-muted max-sm:hidden">{row.code}</span>
                )}
              </p>
              <p className="truncate text-xs text-muted" title={row.detail}>
                {row.detail}
              </p>
            </div>
            <div className="flex shrink-0 flex-col items-end gap-0.5 text-xs text-muted">
              <Time at={row.since} />
              <span className="flex items-center gap-2">
                {row.comments > 0 && (
                  <span className="flex items-center gap-0.5" title={formatPlural(row.comments, "comment")}>
                    <MessageSquare aria-hidden className="size-3" />
                    {row.comments}
                  </span>
                )}
                <span className="max-w-40 truncate">{row.assignee?.name ?? row.source}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {ticked.size > 0 && (
        <BulkBar
          rows={rows}
          ticked={ticked}
          search={search}
          shown={shown}
          people={people}
          me={me}
          setTicked={setTicked}
        />
      )}
    </>
  );
}

function toggled(before: ReadonlySet<string>, subject: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(subject)) after.add(subject);
  return after;
}
