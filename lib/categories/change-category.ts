import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { type CategoryChangeInput, mergeConfirmation, operationWords, TYPED_FROM } from "./category-operation";
import { categoryWordsJob } from "./category-words-job";
import { endCategoryRun } from "./end-category-run";
import { mergeJob } from "./merge-job";
import { MOVED_AT_ONCE, moveProducts } from "./move-products";
import { planOperation } from "./plan-operation";
import { lockTree, subtreeOf, type TreeRow } from "./tree-rows";
import type { PlannedOperation, TreeStep } from "./tree-step";
import { writeSteps } from "./write-steps";

export interface CategoryChanged {
  runId: string;
  number: number;
  /** The category: the new one, or the one a merge leaves. */
  id: string;
  /** Where it stands now. */
  path: string;
  /** Products that changed their category. */
  products: number;
  /** A worker is to do it; until then all stands as it was. */
  isQueued: boolean;
  /** The worker's job; null where it is done. */
  jobId: string | null;
}

/**
 * Carries out an operation on the tree as a run of its own, which can be undone. Where more products move than fit in
 * one transaction, or with `byWorker`, a worker does it: merging is all that it does.
 * @throws {AppError} as planOperation; `conflict` when the category is another one than was shown;
 * `invalid_input` without the confirmation that a large merge needs
 */
export async function changeCategory(
  actor: Actor,
  input: CategoryChangeInput,
  { byWorker = false } = {},
): Promise<CategoryChanged> {
  assertCan(actor, "catalog:write");
  const { operation, version, confirmation } = input;
  return transaction(async (tx) => {
    await lockTree(tx);
    const plan = await planOperation(tx, operation);
    if (plan.subject) assertAsShown(plan.subject, version);
    const merges = plan.steps.filter((step) => step.kind === "merge");
    const products = await countProducts(tx, merges);
    if (actor.kind === "user") assertConfirmed(plan.name, products, confirmation);
    const title = operationWords(operation.kind, plan.name);
    const run = await startPersonRun(tx, actor, { kind: "category", title });
    const isQueued = products > MOVED_AT_ONCE || byWorker;
    let jobId: string | null = null;
    if (operation.kind === "merge" && isQueued) {
      const payload = { runId: run.id, id: operation.id, intoId: operation.intoId };
      const displayName = `Merge category ${plan.name}`;
      jobId = await enqueue(tx, actor, mergeJob, payload, { displayName });
      const data = { jobId, status: "pending" as const, startedAt: null, totalItems: products };
      await tx.syncHistory.update({ where: { id: run.id }, data, select: { id: true } });
    } else {
      await carryOut(tx, actor, run.id, plan, merges);
    }
    const id = plan.steps.findLast((step) => step.kind === "create")?.id ?? merges.at(-1)?.into.id ?? plan.subject?.id;
    const now = await tx.category.findUniqueOrThrow({ where: { id: id ?? "" }, select: { id: true, path: true } });
    await recordAudit(
      tx,
      actor,
      `category.${operation.kind}`,
      { entity: "category", entityId: plan.subject?.id ?? now.id },
      {
        ...(plan.subject ? { before: { name: plan.subject.name, path: plan.subject.path } } : {}),
        after: { name: plan.name, path: now.path, run: run.number },
      },
    );
    return { runId: run.id, number: run.number, ...now, products, isQueued, jobId };
  });
}

async function carryOut(
  tx: Tx,
  actor: Actor,
  runId: string,
  { steps }: PlannedOperation,
  merges: Extract<TreeStep, { kind: "merge" }>[],
) {
  const moved = merges.length > 0 ? await moveProducts(tx, runId, merges) : { products: 0, bytes: 0 };
  const bytes = await writeSteps(tx, runId, steps);
  await tx.syncHistory.update({ where: { id: runId }, data: { updated: moved.products }, select: { id: true } });
  await endCategoryRun(tx, runId, steps, moved.bytes + bytes);
  await raiseCatalogueVersion(tx, "categories");
  await refreshWords(tx, actor, runId, steps);
}

/** Names are words of the products below: a worker writes those anew. */
export async function refreshWords(tx: Tx, actor: Actor, runId: string, steps: TreeStep[]) {
  const renamed = steps.flatMap((step) => (step.kind === "update" && step.lines.some(isWord) ? [step.node.id] : []));
  const rows = await tx.category.findMany({ where: { id: { in: renamed } }, select: { path: true } });
  for (const { path } of rows) {
    const below = await tx.product.findFirst({ where: { category: subtreeOf(path) }, select: { id: true } });
    if (below) return void (await enqueue(tx, actor, categoryWordsJob, { runId }));
  }
}

function isWord({ field }: { field: string }) {
  return field === "name" || field === "parent";
}

/** How many products a merge moves, archived ones too. */
export function countProducts(tx: Tx, merges: Extract<TreeStep, { kind: "merge" }>[]) {
  const categoryId = { in: merges.map(({ node }) => node.id) };
  return merges.length === 0 ? 0 : tx.product.count({ where: { categoryId } });
}

function assertAsShown(subject: TreeRow, version: number | undefined) {
  if (version === undefined || version === subject.version) return;
  const message = `Somebody changed “${subject.name}” meanwhile. Look at it as it is now, then try again.`;
  throw new AppError("conflict", message, {
    details: { name: subject.name, path: subject.path, version: subject.version },
  });
}

function assertConfirmed(name: string, products: number, confirmation: string | undefined) {
  if (products < TYPED_FROM || confirmation?.trim().toLowerCase() === mergeConfirmation(name).toLowerCase()) return;
  const message = `Type "${mergeConfirmation(name)}" to confirm: ${formatCount(products)} products change their category.`;
  throw new AppError("invalid_input", message, { fields: { confirmation: message } });
}
