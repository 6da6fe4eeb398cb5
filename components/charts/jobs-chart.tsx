import type { JobDay } from "@/lib/jobs/job-figures";
import { StackedDays } from "./stacked-days";

const PARTS = [
  { part: "failed", label: "failed or gave up", fill: "fill-red", swatch: "bg-red" },
  { part: "done", label: "done", fill: "fill-green", swatch: "bg-green" },
  { part: "open", label: "still open", fill: "fill-blue", swatch: "bg-blue" },
  { part: "cancelled", label: "cancelled", fill: "fill-faint", swatch: "bg-faint" },
] as const;

/** Jobs by the day they were asked for and how they ended. */
export function JobsChart({ days, labelEvery }: { days: JobDay[]; labelEvery: number }) {
  return (
    <StackedDays
      label="Jobs done, failed, open and cancelled by day."
      days={days}
      parts={PARTS}
      labelEvery={labelEvery}
      nothing={() => "no job"}
    />
  );
}
