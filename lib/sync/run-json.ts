import { z } from "zod";

/** What a run has to say, in order: sentences, with the time where one was kept. */
export interface RunMessage {
  at: string | null;
  text: string;
}

const message = z.union([
  z.string().transform((text) => ({ at: null, text })),
  z
    .looseObject({ message: z.string(), at: z.string().nullish() })
    .transform(({ message: text, at }) => ({ at: at ?? null, text })),
]);

/** SyncHistory.messages, errors, warnings. @throws {z.ZodError} when something else stands there */
export function parseMessages(stored: unknown): RunMessage[] {
  return z.array(message).parse(stored ?? []);
}

const stage = z.object({
  stage: z.string(),
  startedAt: z.string(),
  /** Null while it runs. */
  finishedAt: z.string().nullish(),
  rows: z.number().nullish(),
});

export interface RunStage {
  stage: string;
  startedAt: Date;
  finishedAt: Date | null;
  rows: number | null;
}

/** SyncHistory.stages, in the order they ran. @throws {z.ZodError} */
export function parseStages(stored: unknown): RunStage[] {
  return z
    .array(stage)
    .parse(stored ?? [])
    .map(({ stage: name, startedAt, finishedAt, rows }) => ({
      stage: name,
      startedAt: new Date(startedAt),
      finishedAt: finishedAt ? new Date(finishedAt) : null,
      rows: rows ?? null,
    }));
}

const categoryCounts = z.object({ created: z.number(), updated: z.number(), unchanged: z.number() });
export type CategoryCounts = z.output<typeof categoryCounts>;

/** SyncHistory.metadata: what became of the feed's categories; null when it named none. */
export function parseCategoryCounts(stored: unknown): CategoryCounts | null {
  return z.looseObject({ categories: categoryCounts }).safeParse(stored).data?.categories ?? null;
}
