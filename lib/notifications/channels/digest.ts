import { nextTime } from "@/lib/jobs/schedules/cron";
import type { Timing } from "./channel-input";

/** When the next digest goes out; null for a channel that sends each at once. */
export function nextDigest({ digest, timeZone, hour }: Timing, after = new Date()): Date | null {
  if (digest === "none") return null;
  return nextTime({ cron: digest === "hourly" ? "0 * * * *" : `0 ${hour} * * *`, timeZone }, after);
}
