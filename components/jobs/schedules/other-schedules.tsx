import Link from "next/link";
import { FetchStatus } from "@/components/feeds/fetch-status";
import { Time } from "@/components/ui/time";
import type { FeedScheduleRow } from "@/lib/jobs/schedules/queries";
import type { UpkeepRow } from "@/lib/jobs/schedules/upkeep";
import { LastResult } from "./schedules-table";

/** Feeds that are fetched by the clock: their schedule stands with the feed. */
export function FeedSchedules({ feeds }: { feeds: FeedScheduleRow[] }) {
  return (
    <table className="ledger" aria-label="Feeds fetched by the clock">
      <colgroup>
        <col style={{ width: "24%" }} />
        <col style={{ width: "23%" }} />
        <col style={{ width: "110px" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col">When</th>
          <th scope="col">Next</th>
          <th scope="col">Last fetch</th>
        </tr>
      </thead>
      <tbody>
        {feeds.map(({ id, name, words, nextAt, lastFetch }) => (
          <tr key={id}>
            <td data-phone="title">
              <Link href={`/feeds/${id}/connection`} className="font-medium hover:underline">
                {name}
              </Link>
            </td>
            <td className="text-muted" data-phone="below-right" title={words}>
              {words}
            </td>
            <td>{nextAt ? <Time at={nextAt} /> : <span className="text-amber">paused</span>}</td>
            <td data-phone="below" title={lastFetch?.message}>
              {lastFetch ? (
                <span className="flex items-center gap-2">
                  <FetchStatus outcome={lastFetch.outcome} />
                  <span className="truncate text-xs text-muted">
                    <Time at={lastFetch.startedAt} /> · {lastFetch.message}
                  </span>
                </span>
              ) : (
                <span className="text-faint">never</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What happens without anybody's schedule. */
export function Upkeep({ rows }: { rows: UpkeepRow[] }) {
  return (
    <table className="ledger" aria-label="Daily upkeep">
      <colgroup>
        <col style={{ width: "24%" }} />
        <col style={{ width: "23%" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
          <th scope="col">How it went last</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ jobType, displayName, description, lastJob }) => (
          <tr key={jobType}>
            <td data-phone="title" title={description}>
              {displayName}
            </td>
            <td className="text-muted" data-phone="below-right">
              every day, by Stockroom
            </td>
            <td data-phone="below">
              <LastResult schedule={{ lastProblem: null, lastJob }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
