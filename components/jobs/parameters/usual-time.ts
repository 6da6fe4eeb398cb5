import { formatDuration } from "@/lib/format";

/** "12 s"; what is done at once is not told in tenths. */
export function usualTime(seconds: number): string {
  return seconds < 1 ? "under a second" : formatDuration(seconds);
}
