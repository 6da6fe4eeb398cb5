import Link from "next/link";
import { RunStatus } from "@/components/runs/run-status";
import { buttonClass } from "@/components/ui/button";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { placeOf } from "@/lib/feeds/connection";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { FeedSourceRow } from "@/lib/feeds/queries";
import { formatCount } from "@/lib/format";
import { scheduleWords } from "@/lib/jobs/schedules/cron-words";
import { FetchButton } from "./fetch-button";
import { FetchStatus } from "./fetch-status";
import { RunOutcomes } from "./run-outcomes";

type Props = { sources: FeedSourceRow[]; mayRun: boolean };

export function SourcesTable({ sources, mayRun }: Props) {
  return (
    <table className="ledger" aria-label="Feeds">
      <colgroup>
        <col />
        <col style={{ width: "15%" }} />
        <col style={{ width: "13%" }} />
        <col style={{ width: "162px" }} />
        <col style={{ width: "180px" }} />
        <col style={{ width: "96px" }} />
        <col style={{ width: "80px" }} />
        {mayRun && <col style={{ width: "128px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col">Comes from</th>
          <th scope="col">Schedule</th>
          <th scope="col">Last fetch</th>
          <th scope="col">Last run</th>
          <th scope="col">Runs</th>
          <th scope="col" className="num">
            Products
          </th>
          {mayRun && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} mayRun={mayRun} />
        ))}
      </tbody>
    </table>
  );
}

function SourceRow({ source, mayRun }: { source: FeedSourceRow; mayRun: boolean }) {
  const { lastRun, lastFetch, connection } = source;
  const place = placeOf(connection);
  return (
    <tr>
      <td data-phone="title" title={`${source.name}, ${FEED_KINDS[source.kind].label}`}>
        <Link href={`/feeds/${source.id}`} className="font-medium hover:underline">
          {source.name}
        </Link>{" "}
        <span className="text-xs text-faint">{FEED_KINDS[source.kind].label}</span>{" "}
        {source.isSample && <Badge>sample</Badge>} {!source.isActive && <Badge tone="amber">switched off</Badge>}
      </td>
      <td className="text-muted" title={place}>
        {connection.type === "upload" ? place : <span className="mono">{place}</span>}
      </td>
      <td className="text-muted">
        <Schedule source={source} />
      </td>
      <td title={lastFetch?.message}>
        {lastFetch ? (
          <span className="flex items-center gap-2">
            <FetchStatus outcome={lastFetch.outcome} />
            <span className="text-xs text-muted">
              <Time at={lastFetch.startedAt} />
            </span>
          </span>
        ) : (
          <span className="text-faint">{connection.type === "upload" ? "" : "never"}</span>
        )}
      </td>
      <td data-phone="below">
        {lastRun ? (
          <span className="flex items-center gap-2" title={lastRun.createdAt.toISOString()}>
            <Link href={`/syncs/${lastRun.number}`} className="tabular text-accent hover:underline">
              Run {lastRun.number}
            </Link>
            <RunStatus run={lastRun} />
          </span>
        ) : (
          <span className="text-muted">never ran</span>
        )}
      </td>
      <td>{source.runs.length > 0 && <RunOutcomes sourceId={source.id} runs={source.runs} />}</td>
      <td className="num" data-phone="below-right">
        {formatCount(source.products)}
        <span className="text-muted sm:hidden"> {source.products === 1 ? "product" : "products"}</span>
      </td>
      {mayRun && (
        <td data-phone="right" className="num">
          <Start source={source} />
        </td>
      )}
    </tr>
  );
}

function Schedule({ source: { schedule, nextFetchAt, connection, isActive } }: { source: FeedSourceRow }) {
  if (connection.type === "upload") return null;
  if (!schedule) return "by hand alone";
  const words = scheduleWords(schedule);
  return (
    <span title={words} className={nextFetchAt ? undefined : "text-amber"}>
      {isActive && !nextFetchAt && "paused · "}
      {words}
    </span>
  );
}

function Start({ source: { id, name, connection, isActive } }: { source: FeedSourceRow }) {
  if (!isActive) return null;
  if (connection.type !== "upload") return <FetchButton sourceId={id} name={name} size="small" />;
  return (
    <Link href={`/feeds?source=${id}#import`} aria-label={`Import ${name}`} className={buttonClass({ size: "small" })}>
      Import
    </Link>
  );
}
