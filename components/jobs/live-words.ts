import { formatBytes, formatCount, formatDuration } from "@/lib/format";
import type { LiveJob } from "@/lib/jobs/live-job";

/** `1,200 rows per second`; nothing while no rate is known. */
export function rateWords({ ratePerSecond, unit }: LiveJob): string {
  if (!ratePerSecond) return "";
  return unit === "bytes"
    ? `${formatBytes(ratePerSecond)} per second`
    : `${formatCount(ratePerSecond)} ${unit} per second`;
}

/** `2 min left` by the stage's rate, or `usually 2 min more` by how long such jobs take. */
export function leftWords({ secondsLeft, usuallyLeft }: LiveJob): string {
  if (secondsLeft !== null) return `${formatDuration(secondsLeft)} left`;
  return usuallyLeft === null ? "" : `usually ${formatDuration(usuallyLeft)} more`;
}
