import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { productSelection } from "@/lib/catalog/selection";
import { transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { parseInput } from "@/lib/failure";
import { enqueue } from "@/lib/jobs/enqueue";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { purgePlanJob } from "./plan-job";

export const purgeInput = z.object({
  selection: productSelection,
  count: z.number().int().nullable().default(null),
});

/**
 * Asks for products to be deleted for good: a run whose job lists those archived for long enough and backs them up.
 * Nothing is deleted before it is approved on the run's page.
 * @throws {AppError} `forbidden` to all but admins
 */
export async function requestPurge(actor: Actor, input: z.input<typeof purgeInput>) {
  assertCan(actor, "data:purge");
  const { selection, count } = parseInput(purgeInput, input);
  const metadata = { purge: { selection, count, afterDays: env().STOCKROOM_PURGE_AFTER_DAYS } };
  return transaction(async (tx) => {
    const run = await startPersonRun(tx, actor, { kind: "purge", title: "Delete products for good", metadata });
    const displayName = "Plan the deletion of archived products";
    const jobId = await enqueue(tx, actor, purgePlanJob, { runId: run.id }, { displayName });
    await tx.syncHistory.update({ where: { id: run.id }, data: { jobId }, select: { id: true } });
    return { runId: run.id, number: run.number, jobId };
  });
}
