import { Fact } from "@/components/ui/fact";
import { Time } from "@/components/ui/time";
import { placeOf } from "@/lib/feeds/connection";
import type { SourceHistory, SourceSettings } from "@/lib/feeds/source-overview";
import { formatCount, formatShortDateTime, NOTHING } from "@/lib/format";
import { scheduleWords } from "@/lib/jobs/schedules/cron-words";
import { RunOutcomes } from "./run-outcomes";

type Props = { source: SourceSettings; history: SourceHistory };

/** Where a feed comes from, when, and how that went. */
export function SourceFacts({ source, history }: Props) {
  const { connection, schedule, isPaused } = source;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 px-4 py-3">
      <Fact label="Comes from">
        <span className="mono break-all">{placeOf(connection)}</span>
        {"pattern" in connection && connection.pattern && (
          <span className="text-muted"> files {connection.pattern}</span>
        )}
      </Fact>
      {"host" in connection && (
        <Fact label="Login">
          {connection.type === "sftp" && connection.login === "key" ? "private key" : "password"}{" "}
          <span className="mono text-muted">
            {(connection.type === "sftp" && connection.login === "key" ? connection.privateKey : connection.password) ??
              "none"}
          </span>
        </Fact>
      )}
      {connection.type === "sftp" && (
        <Fact label="Host key">
          <span className="mono break-all">{connection.hostKey ?? "pinned with the first fetch"}</span>
        </Fact>
      )}
      {connection.type !== "upload" && (
        <Fact label="Schedule">
          {schedule ? scheduleWords(schedule) : "by hand alone"}
          {isPaused && <span className="text-amber"> · paused</span>}
        </Fact>
      )}
      {schedule && source.nextFetchAt && (
        <Fact label="Next fetch">
          <Time at={source.nextFetchAt} />
          <span className="tabular text-muted">
            {" "}
            then{" "}
            {source.nextTimes
              .slice(1)
              .map((time) => formatShortDateTime(time, new Date(), schedule.timeZone))
              .join(", ")}
          </span>
        </Fact>
      )}
      <Fact label="Products">{formatCount(history.products)}</Fact>
      <Fact label="Last runs">
        {history.runs.length > 0 ? (
          <RunOutcomes sourceId={source.id} runs={history.runs}>
            All runs
          </RunOutcomes>
        ) : (
          NOTHING
        )}
      </Fact>
    </dl>
  );
}
