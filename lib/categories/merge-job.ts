import "server-only";
import { z } from "zod";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { db, type Tx, transaction } from "@/lib/db/client";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { refreshCategoryWords } from "@/lib/sync/refresh-category-words";
import { reopenRun } from "@/lib/sync/reopen-run";
import { endCategoryRun } from "./end-category-run";
import { mergeParameters, startMerge } from "./merge-parameters";
import { MOVED_AT_ONCE, moveProducts } from "./move-products";
import { planMerge } from "./plan-merge";
import { getRowOrThrow, lockTree } from "./tree-rows";
import { writeSteps } from "./write-steps";

/**
 * Merges a category with many products. Each batch of products and what the run knows of them is one transaction; the
 * last one takes the category away. Killed anywhere, the next try goes on with what is still in it.
 */
export const mergeJob = defineJob({
  name: "category.merge",
  displayName: "Merge a category",
  description:
    "Moves all products of a category into another and takes the emptied one away, as a run that can be undone.",
  group: "Catalogue",
  permission: "catalog:write",
  stages: ["Moving products"],
  isResumable: true,
  idempotency: "A product moves once; a category that is gone can't be merged again.",
  payload: z.object({ runId: z.uuid(), id: z.uuid(), intoId: z.uuid() }),
  parameters: mergeParameters,
  start: startMerge,
  recall: async ({ id, intoId }) => ({ category: id, into: intoId }),
  recurs: false,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId, id, intoId }, context) {
    const { totalItems, status } = await db.syncHistory.findUniqueOrThrow({
      where: { id: runId },
      select: { totalItems: true, status: true },
    });
    let done = status === "success";
    for (let moved = 0; !done; ) {
      await context.report({ stage: "Moving products", done: moved, total: totalItems, unit: "products" });
      const batch = await transaction((tx) => mergeOn(tx, { runId, id, intoId }, context));
      moved += batch.products;
      done = batch.isLast;
    }
    await refreshCategoryWords(runId, context.assertHeld);
    return { runId };
  },
  giveUp: ({ runId }, end) => abandon(runId, end),
  reopen: (tx, { runId }) => reopenRun(tx, runId),
});

async function mergeOn(
  tx: Tx,
  { runId, id, intoId }: { runId: string; id: string; intoId: string },
  context: JobContext,
) {
  await context.assertHeld(tx);
  await lockTree(tx);
  const steps = await planMerge(tx, await getRowOrThrow(tx, id), intoId);
  const { products, bytes } = await moveProducts(
    tx,
    runId,
    steps.filter((step) => step.kind === "merge"),
  );
  const run = { status: "running" as const, updated: { increment: products }, changeBytes: { increment: bytes } };
  await tx.syncHistory.update({ where: { id: runId }, data: run, select: { id: true } });
  if (products === MOVED_AT_ONCE) return { products, isLast: false };
  await endCategoryRun(tx, runId, steps, await writeSteps(tx, runId, steps));
  await raiseCatalogueVersion(tx, "categories");
  return { products, isLast: true };
}

/** What was moved stays so until the run is undone. */
async function abandon(runId: string, end: { status: "failed" | "cancelled"; reason: string }) {
  await transaction(async (tx) => {
    const data = {
      status: end.status,
      completedAt: new Date(),
      errors: [end.reason, "Products moved so far stay where they are now. Undo the run to move them back."],
    };
    await tx.syncHistory.updateMany({ where: { id: runId, status: { in: ["pending", "running"] } }, data });
  });
}
