import Link from "next/link";
import { Time } from "@/components/ui/time";
import type { FetchRow } from "@/lib/feeds/source-overview";
import { formatBytes } from "@/lib/format";
import { FetchStatus } from "./fetch-status";

/** What each look at the source found. */
export function FetchesTable({ fetches }: { fetches: FetchRow[] }) {
  return (
    <table className="ledger" aria-label="Fetches">
      <colgroup>
        <col style={{ width: "150px" }} />
        <col style={{ width: "130px" }} />
        <col />
        <col style={{ width: "34%" }} />
        <col style={{ width: "120px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Outcome</th>
          <th scope="col">What happened</th>
          <th scope="col">Files</th>
          <th scope="col">Started by</th>
        </tr>
      </thead>
      <tbody>
        {fetches.map((fetch) => (
          <tr key={fetch.id}>
            <td data-phone="right" className="text-muted">
              <Time at={fetch.startedAt} format="short" />
            </td>
            <td data-phone="title">
              <FetchStatus outcome={fetch.outcome} />
            </td>
            <td data-phone="below" className="whitespace-normal! [overflow-wrap:anywhere]">
              {fetch.runNumber ? (
                <Link href={`/syncs/${fetch.runNumber}`} className="text-accent hover:underline">
                  {fetch.message}
                </Link>
              ) : (
                <span className={fetch.outcome === "failed" ? "text-red" : "text-muted"}>{fetch.message}</span>
              )}
            </td>
            <td className="text-muted">
              {fetch.files.slice(0, 3).map((file) => (
                <span
                  key={`${file.name}-${file.hash}`}
                  className="flex gap-2"
                  title={`${file.name}, SHA-256 ${file.hash}`}
                >
                  <span className="mono truncate">{file.displayName}</span>
                  <span className="tabular shrink-0 text-xs">{formatBytes(file.bytes)}</span>
                </span>
              ))}
              {fetch.files.length > 3 && <span className="text-xs">and {fetch.files.length - 3} more</span>}
            </td>
            <td className="text-muted">{fetch.startedBy}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
