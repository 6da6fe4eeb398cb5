import "server-only";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { productSelection, selectedIds } from "@/lib/catalog/selection";
import { type BulkRow, insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { dropStaged } from "@/lib/sync/drop-staged";
import { abandonRun } from "@/lib/sync/finish-run";
import { loadRunSources } from "@/lib/sync/load-products";
import { reopenRun } from "@/lib/sync/reopen-run";
import { runMetadata } from "@/lib/sync/run-metadata";
import { inStage } from "@/lib/sync/run-stages";
import { editRequest } from "./bulk-edit-input";
import { loadEditWorld } from "./edit-world";
import { endPlan } from "./end-plan";
import { planParameters, recallPlan, startPlan } from "./plan-parameters";
import { type PlannedProduct, planProducts } from "./plan-products";

/** Products planned in one transaction. */
const BATCH = 1_000;

/** RunMetadata.edit */
export const storedEdit = editRequest.extend({
  selection: productSelection,
  /** How many the person saw selected, for the progress alone. */
  count: z.number().int().nullable().default(null),
});

/** SyncHistory.checkpoint while it plans: the last product dealt with, by the order of ids. */
const checkpoint = z.object({ productId: z.string(), planned: z.number().int() }).nullable().catch(null);

/** Resolves a bulk edit's selection and writes down what would change, for review; the catalogue stays as it is. */
export const bulkPlanJob = defineJob({
  name: "bulk.plan",
  displayName: "Plan a bulk edit",
  description:
    "Works out what a change of many products would do to each, as a run that waits for review. The catalogue stays as it is.",
  group: "Catalogue",
  permission: "catalog:write",
  stages: ["Comparing"],
  isResumable: true,
  idempotency: "Only plans: each time is a run of its own, and nothing changes before it is approved.",
  payload: z.object({ runId: z.uuid() }),
  parameters: planParameters,
  start: startPlan,
  recall: recallPlan,
  maxAttempts: 3,
  exclusive: null,
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
    if (run.status !== "running" && run.status !== "pending") return { runId, number: run.number, status: run.status };
    const edit = storedEdit.parse(runMetadata.parse(run.metadata ?? {}).edit);
    const from = checkpoint.parse(run.checkpoint);
    if (!from) await beginAnew(runId, context);
    await inStage(runId, "Plan", async () => {
      const planned = await planSelection(runId, edit, from ?? { productId: "", planned: 0 }, context);
      return { result: null, rows: planned };
    });
    const status = await endPlan(runId, edit.policy, context);
    context.log(`Run ${run.number}: ${status === "review" ? "waits for review" : `ended: ${status}`}`);
    return { runId, number: run.number, status };
  },
  giveUp: ({ runId }, end) => abandonRun(runId, end),
  reopen: (tx, { runId }) => reopenRun(tx, runId),
});

/** What an earlier try that was given up had staged was skipped then. */
async function beginAnew(runId: string, context: JobContext) {
  await dropStaged(runId, context);
  const none = { totalItems: 0, updated: 0, unchanged: 0, rejected: 0, changeBytes: 0 };
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.update({ where: { id: runId }, data: { status: "running", ...none }, select: { id: true } });
  });
}

async function planSelection(
  runId: string,
  edit: z.output<typeof storedEdit>,
  from: NonNullable<z.output<typeof checkpoint>>,
  context: JobContext,
) {
  const [sources, world] = await Promise.all([loadRunSources(db), loadEditWorld(db, edit.operations)]);
  let planned = from.planned;
  for await (const ids of selectedIds(SYSTEM, edit.selection, BATCH, from.productId)) {
    await context.report({ stage: "Comparing", done: planned, total: edit.count, unit: "products" });
    const last = ids.at(-1);
    if (last === undefined) continue;
    const products = await planProducts(db, runId, ids, edit.operations, world, sources);
    planned += products.length;
    const at = { productId: last, planned };
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await writePlanned(tx, runId, products, at);
    });
  }
  if (planned === 0) throw new AppError("conflict", "None of the selected products is there any more.");
  context.log(`Compared ${formatPlural(planned, "product")}`);
  return planned;
}

async function writePlanned(
  tx: Tx,
  runId: string,
  products: PlannedProduct[],
  at: { productId: string; planned: number },
) {
  const changes: ChangeRow[] = [];
  const refusals: BulkRow[] = [];
  const first = at.planned - products.length;
  for (const [index, { change, refusal }] of products.entries()) {
    if (change) changes.push(change);
    if (refusal) refusals.push(refusalRow(runId, refusal, first + index + 1));
  }
  const bytes = await insertChanges(tx, changes);
  await insertRows(tx, "SyncRejection", refusals);
  await tx.syncHistory.update({
    where: { id: runId },
    data: {
      totalItems: { increment: products.length },
      updated: { increment: changes.length },
      rejected: { increment: refusals.length },
      unchanged: { increment: products.length - changes.length - refusals.length },
      changeBytes: { increment: bytes },
      checkpoint: at,
    },
    select: { id: true },
  });
}

/** Listed with the run, and nobody's question: what is refused is told to whoever asked for the edit. */
function refusalRow(
  runId: string,
  { sku, reason, present }: NonNullable<PlannedProduct["refusal"]>,
  line: number,
): BulkRow {
  const now = new Date();
  return {
    runId,
    severity: "error",
    file: "selection",
    line,
    column: null,
    code: "edit_refused",
    reason,
    externalKey: sku,
    raw: present,
    dismissedAt: now,
    createdAt: now,
  };
}
