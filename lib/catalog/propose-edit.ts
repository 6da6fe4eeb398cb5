import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { type MetafieldWrite, planMetafields } from "@/lib/metafields/plan-metafields";
import { notify, peopleWho } from "@/lib/notifications/notify";
import type { FieldChange } from "@/lib/sync/change";
import { sourceBefore } from "@/lib/sync/diff-product";
import { fieldLabel } from "@/lib/sync/field-words";
import { loadProducts, loadRunSources } from "@/lib/sync/load-products";
import { personChange } from "@/lib/sync/person-run/person-change";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { rememberRemovedRows } from "@/lib/sync/removed-rows";
import { type EditedProduct, emptyPlan, type Plan, planFields } from "./plan-fields";
import type { UpdateProductInput } from "./product-changes";
import {
  checkCategory,
  conflictError,
  inWords,
  productForEdit,
  refuseIfWrong,
  withCategoryNames,
} from "./update-product";

/**
 * Writes a person's edits of one product down as a run that waits for a manager; nothing of the product changes before
 * it is approved. Each edit is checked and compared as if it were saved.
 * @throws {AppError} as updateProduct
 */
export async function proposeEdit(actor: Actor, input: UpdateProductInput): Promise<{ runId: string; number: number }> {
  assertCan(actor, "catalog:propose");
  const sources = await loadRunSources(db);
  return transaction(async (tx) => {
    const product = await productForEdit(tx, input.id);
    const now = new Date();
    const plan = emptyPlan(product.sources);
    planFields(actor, product, input.changes, plan, now);
    const metafields = await planMetafields(tx, actor, product, input.metafields, plan, now);
    for (const { namespace, key, newDefinition } of metafields) {
      if (newDefinition) plan.errors[`metafield:${namespace}.${key}`] = "A manager makes new metafields.";
    }
    await checkCategory(tx, input.changes.categoryId, plan);
    refuseIfWrong(plan);
    if (plan.conflicts.length > 0) throw conflictError(await withCategoryNames(tx, plan.conflicts));
    if (Object.keys(plan.after).length === 0) throw new AppError("invalid_input", "It says so already.");
    const [present] = (await loadProducts(tx, [product.id], sources)).values();
    if (!present) throw new AppError("not_found", "There is no such product.");
    const lines = (await linesOf(tx, product, plan, metafields)).map((line): FieldChange => {
      const beforeSource = sourceBefore(line.field, present);
      return beforeSource ? { ...line, beforeSource } : line;
    });
    await rememberRemovedRows(tx, [{ entityId: product.id, lines }]);
    const title = `Proposal for ${present.sku}`;
    const run = await startPersonRun(tx, actor, { kind: "proposal", title, totalItems: 1 });
    const edited = { id: product.id, label: present.sku, name: String(product.name ?? ""), version: product.version };
    const changeBytes = await insertChanges(tx, [personChange(run.id, edited, lines, "staged")]);
    await tx.syncHistory.update({
      where: { id: run.id },
      data: { status: "review", updated: 1, changeBytes },
      select: { id: true },
    });
    const news = {
      kind: "run.review" as const,
      title: `${actor.name} proposes changes of ${present.sku}`,
      body: lines.map(({ field }) => fieldLabel(field)).join(", "),
      href: `/syncs/${run.number}`,
    };
    const own = actorUserId(actor);
    await notify(
      tx,
      news,
      (await peopleWho(tx, "sync:review")).filter((id) => id !== own),
    );
    return { runId: run.id, number: run.number };
  });
}

async function linesOf(
  tx: Tx,
  product: EditedProduct,
  plan: Plan,
  metafields: MetafieldWrite[],
): Promise<FieldChange[]> {
  const words = await inWords(tx, plan);
  const types = new Map(metafields.map(({ namespace, key, type }) => [`metafield:${namespace}.${key}`, type]));
  return Object.keys(plan.after).map((field): FieldChange => {
    const line = { field, before: words.before[field] ?? null, after: words.after[field] ?? null };
    if (field === "category") {
      return { ...line, beforeId: idOf(plan.before.category), afterId: idOf(plan.after.category) };
    }
    const type = types.get(field);
    // "On backorder" and "discontinued" are somebody's word: they outlive a count, and its undo.
    const isSaid = field === "inventoryQuantity" && ["backorder", "discontinued"].includes(product.stockStatus);
    return { ...line, ...(type && { type }), ...(isSaid && { was: { stockStatus: product.stockStatus } }) };
  });
}

function idOf(value: unknown) {
  return typeof value === "string" ? value : null;
}
