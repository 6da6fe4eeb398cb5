import Link from "next/link";
import { FeedPlace } from "@/components/runs/feed-place";
import { StatusDot } from "@/components/ui/status";
import type { RefusalRow } from "@/lib/sync/history/errors";

/** Refused rows of one kind across runs, newest first. */
export function RefusalsTable({ rows }: { rows: RefusalRow[] }) {
  return (
    <table className="ledger" aria-label="Rows of this kind">
      <colgroup>
        <col style={{ width: "22%" }} />
        <col style={{ width: "26%" }} />
        <col />
        <col style={{ width: "130px" }} />
        <col style={{ width: "150px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Where</th>
          <th scope="col">Why</th>
          <th scope="col">Key</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-phone="title">
              <Link href={`/syncs/${row.run.number}?tab=rejected`} className="hover:underline">
                <span className="mono">{row.run.number}</span> {row.run.source}
              </Link>
            </td>
            <td data-phone="below">
              <FeedPlace file={row.file} line={row.line} />
            </td>
            <td data-phone="below-right" title={row.reason}>
              {row.reason}
            </td>
            <td className="mono">{row.externalKey}</td>
            <td data-phone="right">
              <RowState row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RowState({ row }: { row: RefusalRow }) {
  if (row.severity !== "error") return <StatusDot tone="idle">taken in</StatusDot>;
  if (row.handledBy) return <StatusDot tone="green">handled by run {row.handledBy}</StatusDot>;
  if (row.dismissedAt) return <StatusDot tone="idle">set aside</StatusDot>;
  return <StatusDot tone="amber">open</StatusDot>;
}
