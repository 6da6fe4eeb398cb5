import { z } from "zod";

/** Job.stageProgress: how far the current stage is, as the worker last wrote it. */
export const jobProgress = z.object({
  /** What the worker does now, in words for people: "Reading products". */
  stage: z.string(),
  done: z.number().min(0),
  /** Null while nobody can know it. */
  total: z.number().min(0).nullable(),
  /** What is counted, in the plural: "rows", "products", "bytes". */
  unit: z.string(),
  /** Over the last seconds; null before the first measure. */
  ratePerSecond: z.number().min(0).nullable(),
  /** ISO time the stage began. */
  startedAt: z.string(),
});
export type JobProgress = z.output<typeof jobProgress>;

/** Progress as stored; null when there is none or an older version wrote another shape. */
export function parseJobProgress(stored: unknown): JobProgress | null {
  return jobProgress.safeParse(stored).data ?? null;
}

/** Seconds until the stage is done at the present rate; null while that is anybody's guess. */
export function secondsLeft(progress: JobProgress): number | null {
  if (progress.total === null || !progress.ratePerSecond) return null;
  return Math.max(0, Math.ceil((progress.total - progress.done) / progress.ratePerSecond));
}

/** Per cent of the stage, 0 to 100; null when its end is not known. */
export function stagePercent({ done, total }: JobProgress): number | null {
  if (total === null || total === 0) return null;
  return Math.min(100, (done / total) * 100);
}
