import { formatBytes, formatCount } from "@/lib/format";
import type { Growth } from "@/lib/sync/history/growth";
import type { Retention } from "@/lib/sync/retention/settings";

type Props = { growth: Growth; retention: Retention };

/** The growth of the history in words. */
export function GrowthFacts({ growth, retention }: Props) {
  const { storage, forecast, bytesPerChange, bytesPerDay, changes, days } = growth;
  const last = forecast.at(-1);
  const free = storage.freeBytes ? `, ${formatBytes(storage.freeBytes)} of it free for new rows` : "";
  return (
    <div className="tabular mb-3 grid max-w-[110ch] gap-1">
      <p>
        The database takes {formatBytes(storage.bytes)}
        {free}.{" "}
        {bytesPerChange === null
          ? "No run of the last 30 days changed anything, so there is no pace to tell."
          : `The runs of ${days < 1.5 ? "the last day" : `the last ${formatCount(Math.round(days))} days`} found ${formatCount(changes)} changes of ${formatBytes(Math.round(bytesPerChange))} each on average: ${formatBytes(Math.round(bytesPerDay))} a day with their indexes.`}
      </p>
      {last && bytesPerChange !== null && (
        <p>
          At this pace it takes <b className="font-semibold">{formatBytes(last.withRetention)}</b> in twelve months with
          rows kept {formatCount(retention.rowDays)} days, and {formatBytes(last.everything)} if everything were kept.
          {days < 7 && " That is little to go by: a first import is larger than the days after it."}
        </p>
      )}
    </div>
  );
}
