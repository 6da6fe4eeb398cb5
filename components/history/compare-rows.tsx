import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import type { ComparedPart } from "@/lib/db/compare-runs";
import { NOTHING } from "@/lib/format";
import type { RunComparison } from "@/lib/sync/history/compare";
import { CHANGE_KIND_WORDS, CHANGE_STATE_WORDS } from "@/lib/sync/run-words";
import type { SyncChangeKind, SyncChangeState } from "@/prisma/generated/sqlite/enums";

type Props = { comparison: RunComparison; part: ComparedPart };

/** The things of one part of a comparison, each with its outcome in either run. */
export function CompareRows({ comparison: { a, b, rows }, part }: Props) {
  if (rows.length === 0) {
    return (
      <EmptyState title={part === "both" ? "Nothing had another outcome" : "Nothing here"}>
        {part === "both"
          ? "What both runs touched ended the same way in both."
          : `Everything run ${part === "a" ? a.number : b.number} touched was touched by the other run as well.`}
      </EmptyState>
    );
  }
  return (
    <table className="ledger" aria-label="Compared things">
      <colgroup>
        <col style={{ width: "150px" }} />
        <col />
        <col style={{ width: "24%" }} />
        <col style={{ width: "24%" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">SKU or path</th>
          <th scope="col">Name</th>
          <th scope="col">In run {a.number}</th>
          <th scope="col">In run {b.number}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.aId}-${row.bId}`}>
            <td data-phone="title" className="mono">
              {row.entity === "product" && row.entityId ? (
                <Link href={`/products/${row.entityId}`} className="hover:underline">
                  {row.label}
                </Link>
              ) : (
                row.label
              )}
            </td>
            <td data-phone="below" title={row.name}>
              {row.name}
            </td>
            <td data-phone="below-right">{outcome(row.aKind, row.aState)}</td>
            <td data-phone="right">{outcome(row.bKind, row.bState)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outcome(kind: string | null, state: string | null) {
  if (kind === null || state === null) return <span className="text-faint">{NOTHING}</span>;
  // Both as the database's enums have them.
  const { words } = CHANGE_STATE_WORDS[state as SyncChangeState];
  return (
    <>
      {CHANGE_KIND_WORDS[kind as SyncChangeKind]} <span className="text-muted">· {words}</span>
    </>
  );
}
