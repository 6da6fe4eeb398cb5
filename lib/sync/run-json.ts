import { z } from "zod";
import { runStages } from "./run-metadata";

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

export interface RunStage {
  stage: string;
  startedAt: Date;
  finishedAt: Date | null;
  rows: number | null;
  /** What its time went to, in milliseconds; null where it was not measured. */
  spent: Record<string, number> | null;
}

/** SyncHistory.stages, in the order they ran. @throws {z.ZodError} */
export function parseStages(stored: unknown): RunStage[] {
  return runStages.parse(stored ?? []).map(({ stage, startedAt, finishedAt, rows, spent }) => ({
    stage,
    startedAt: new Date(startedAt),
    finishedAt: finishedAt ? new Date(finishedAt) : null,
    rows,
    spent: spent ?? null,
  }));
}
