import "server-only";
import { z } from "zod";
import { transaction } from "@/lib/db/client";
import { measureStorage, rewriteDatabase } from "@/lib/db/storage";
import { defineJob } from "@/lib/jobs/define-job";

/** The rewrite can't be interrupted and gives no sign of life: its lease is taken this far ahead, in milliseconds. */
const LEASE_AHEAD_MS = 30 * 60_000;

/** Writes an older SQLite file anew, once, so that from then on space goes back in small steps. */
export const compactJob = defineJob({
  name: "database.compact",
  displayName: "Write the database file anew",
  payload: z.object({}),
  maxAttempts: 1,
  exclusive: "catalogue",
  async handle(_, context) {
    const before = await measureStorage();
    await context.report({ stage: "Writing the file anew", done: 0, total: null, unit: "bytes" });
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      const heartbeatAt = new Date(Date.now() + LEASE_AHEAD_MS);
      await tx.job.updateMany({ where: { id: context.jobId }, data: { heartbeatAt } });
    });
    await rewriteDatabase();
    const after = await measureStorage();
    context.log(`${before.bytes} bytes before, ${after.bytes} after`);
    return { bytesBefore: before.bytes, bytesAfter: after.bytes };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});
