// Looks at a run from outside, as the pages do: how far it is, what its time went to.
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";

const progress = z.object({ stage: z.string(), done: z.number() });
const stages = z.array(z.object({ stage: z.string(), spent: z.record(z.string(), z.number()).optional() }));

/** What one look found. */
export interface Look {
  atMs: number;
  stage: string;
  done: number;
}

/** The catalogue's database for looking at it beside the import that writes it. */
export function openBeside(folder: string) {
  return new Database(join(folder, "data", "stockroom.db"), { readonly: true, timeout: 5_000 });
}

/** Looks at the newest job now; null while it has not reported. */
export function lookAt(database: Database.Database): Look | null {
  const stored = database.prepare(`SELECT "stageProgress" FROM "Job" ORDER BY "createdAt" DESC LIMIT 1`).pluck().get();
  const found = progress.safeParse(typeof stored === "string" ? JSON.parse(stored) : null);
  return found.success ? { atMs: performance.now(), ...found.data } : null;
}

/** What the newest run's time went to, in percent of each stage. */
export function timeSpent(folder: string): Record<string, string> {
  const database = openBeside(folder);
  const stored = database.prepare(`SELECT "stages" FROM "SyncHistory" ORDER BY "number" DESC LIMIT 1`).pluck().get();
  database.close();
  const found = stages.parse(JSON.parse(String(stored)));
  return Object.fromEntries(found.flatMap(({ stage, spent }) => (spent ? [[stage, inPercent(spent)]] : [])));
}

function inPercent(spent: Record<string, number>) {
  const all = Object.values(spent).reduce((sum, one) => sum + one, 0);
  const parts = Object.entries(spent).sort(([, a], [, b]) => b - a);
  return parts.map(([phase, one]) => `${phase} ${Math.round((100 * one) / all)} %`).join(", ");
}

/** Items per second for each `step` of a stage: `[first 100,000, next 100,000 …]`; the looks are those of each process. */
export function ratesPer(step: number, processes: Look[][], stage: string): number[] {
  const buckets: { items: number; milliseconds: number }[] = [];
  for (const looks of processes) {
    const own = looks.filter((look) => look.stage === stage);
    for (const [at, look] of own.entries()) {
      const before = own[at - 1];
      if (!before) continue;
      const index = Math.floor((look.done - 1) / step);
      const bucket = buckets[index] ?? { items: 0, milliseconds: 0 };
      bucket.items += look.done - before.done;
      bucket.milliseconds += look.atMs - before.atMs;
      buckets[index] = bucket;
    }
  }
  return buckets.map(({ items, milliseconds }) => Math.round((1000 * items) / milliseconds));
}
