import { ArrowLeftRight, UserRound } from "lucide-react";
import Link from "next/link";
import { RunKind } from "@/components/runs/run-kind";
import { RunStatus } from "@/components/runs/run-status";
import { Time } from "@/components/ui/time";
import { differenceWords, doingWords, fieldDifferences } from "@/lib/sync/history/doing-words";
import type { TimelineEntry } from "@/lib/sync/history/timeline";

/** What happened, newest first: a run by what it found, a person's doing by what differs since. */
export function TimelineTable({ entries }: { entries: TimelineEntry[] }) {
  return (
    <table className="ledger" aria-label="Timeline">
      <colgroup>
        <col style={{ width: "40px" }} />
        <col style={{ width: "120px" }} />
        <col style={{ width: "34%" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Kind</span>
          </th>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={`${entry.what}-${entry.id}`} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ entry }: { entry: TimelineEntry }) {
  const Icon = entry.what === "run" ? ArrowLeftRight : UserRound;
  return (
    <tr>
      <td>
        <Icon aria-hidden className="size-[15px] text-faint" />
        <span className="sr-only">{entry.what === "run" ? "Run" : "Person"}</span>
      </td>
      <td data-phone="below-right" className="text-muted">
        <Time at={entry.at} format="short" />
      </td>
      {entry.what === "run" ? <RunCells entry={entry} /> : <DoingCells entry={entry} />}
    </tr>
  );
}

function RunCells({ entry }: { entry: Extract<TimelineEntry, { what: "run" }> }) {
  return (
    <>
      <td data-phone="title" className="max-sm:whitespace-normal!">
        <Link href={`/syncs/${entry.number}`} className="font-medium hover:underline">
          Run {entry.number} of {entry.source}
        </Link>{" "}
        <RunKind run={entry} />
      </td>
      <td data-phone="below" className="tabular" title={entry.heldReason ?? undefined}>
        <RunStatus run={entry} /> <span className="text-muted">{entry.status !== "pending" && entry.summary}</span>
      </td>
    </>
  );
}

/** What is told field by field, as its history does. */
const FIELDS_OF = new Set(["product", "category"]);

function DoingCells({ entry }: { entry: Extract<TimelineEntry, { what: "doing" }> }) {
  const { target } = entry;
  const lines = FIELDS_OF.has(entry.entity)
    ? fieldDifferences(entry.before, entry.after)
    : differenceWords(entry.before, entry.after);
  return (
    <>
      <td data-phone="title" className="max-sm:whitespace-normal!">
        <span className="font-medium">{entry.who}</span> {doingWords(entry.action)}{" "}
        {target?.href ? (
          <Link href={target.href} className="text-accent underline">
            {target.words}
          </Link>
        ) : (
          // Who does something to themselves is named once.
          target?.words !== entry.who && target?.words
        )}
      </td>
      <td data-phone="below" className="text-muted" title={lines.join("\n")}>
        {lines.join(" · ")}
      </td>
    </>
  );
}
