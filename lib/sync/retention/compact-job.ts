import "server-only";
import { z } from "zod";
import { rewriteDatabase } from "@/lib/db/rewrite-database";
import { measureStorage } from "@/lib/db/storage";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";

/** Writes an older SQLite file anew, once, so that from then on space goes back in small steps. */
export const compactJob = defineJob({
  name: "database.compact",
  displayName: "Write the database file anew",
  description:
    "Writes an older SQLite file anew, once, so that from then on space goes back in small steps. Saving waits meanwhile.",
  group: "Upkeep",
  permission: "settings:manage",
  stages: ["Writing the file anew"],
  isResumable: false,
  idempotency: "Needed once: a database that gives space back by itself is not written anew.",
  payload: z.object({}),
  parameters: z.object({}),
  start: async (actor): Promise<StartedJob> => (await import("./request")).requestCompact(actor),
  resultTitles: { bytesBefore: "Database before", bytesAfter: "Database after" },
  recurs: false,
  maxAttempts: 1,
  exclusive: "catalogue",
  // The rewrite can't be interrupted, and nobody can write a sign of life while it lasts.
  leaseMs: 30 * 60_000,
  async handle(_, context) {
    const before = await measureStorage();
    await context.report({ stage: "Writing the file anew", done: 0, total: null, unit: "bytes" });
    await rewriteDatabase();
    const after = await measureStorage();
    context.log(`${before.bytes} bytes before, ${after.bytes} after`);
    return { bytesBefore: before.bytes, bytesAfter: after.bytes };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});
