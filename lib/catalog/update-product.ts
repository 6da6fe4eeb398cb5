import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { lockProduct, lockProducts } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { closeConflicts } from "@/lib/inbox/close-conflicts";
import { planMetafields } from "@/lib/metafields/plan-metafields";
import { writeMetafields } from "@/lib/metafields/write-metafields";
import { refreshSearch } from "@/lib/search/refresh-search";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { raiseCatalogueVersion } from "./catalogue-version";
import { fieldSources } from "./field-source";
import { type EditedProduct, emptyPlan, type Plan, planFields } from "./plan-fields";
import type { FieldConflict, FieldEdit, UpdateProductInput } from "./product-changes";
import { FIELD_NAMES, type ProductField } from "./product-fields";

export interface UpdatedProduct {
  version: number;
  /** What changed, by the names of the history; empty when everything already was so. */
  changed: string[];
}

/**
 * Saves a person's edits of one product and its metafields, all or nothing: each is compared with what the person
 * saw, so that edits of different fields all land.
 * @throws {AppError} `conflict` with details `{conflicts: FieldConflict[]}`; `invalid_input` with a sentence per
 * field; `not_found`.
 */
export async function updateProduct(actor: Actor, input: UpdateProductInput): Promise<UpdatedProduct> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const product = await productForEdit(tx, input.id);
    const now = new Date();
    const plan = emptyPlan(product.sources);
    const data = planFields(actor, product, input.changes, plan, now);
    const metafields = await planMetafields(tx, actor, product, input.metafields, plan, now);
    await checkCategory(tx, input.changes.categoryId, plan);
    refuseIfWrong(plan);
    if (plan.conflicts.length > 0) throw conflictError(await withCategoryNames(tx, plan.conflicts));
    const changed = Object.keys(plan.after);
    if (changed.length === 0) return { version: product.version, changed };
    await writeMetafields(tx, product.id, metafields);
    const version = await finishEdit(tx, product.id, data, plan);
    await closeConflicts(tx, actor, product.id, changed, "other");
    await recordAudit(tx, actor, "product.update", target(product.id), await inWords(tx, plan));
    return { version, changed };
  });
}

export function target(entityId: string) {
  return { entity: "product", entityId };
}

const editedProduct = {
  ...(Object.fromEntries(FIELD_NAMES.map((field) => [field, true])) as Record<ProductField, true>), // one key per name
  id: true,
  version: true,
  createdByRunId: true,
  stockStatus: true,
  fieldSources: true,
} satisfies Prisma.ProductSelect;

/** Locks the product and reads it. @throws {AppError} `not_found` */
export async function productForEdit(tx: Tx, id: string): Promise<EditedProduct & { version: number }> {
  if (!(await lockProduct(tx, id))) throw new AppError("not_found", "There is no such product.");
  const { fieldSources: stored, ...row } = await tx.product.findUniqueOrThrow({ where: { id }, select: editedProduct });
  return { ...row, sources: fieldSources.parse(stored) };
}

/** As productForEdit, for many at once: one that is gone is absent. */
export async function productsForEdit(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, EditedProduct>> {
  await lockProducts(tx, ids);
  const rows = await inParts(ids, (part) =>
    tx.product.findMany({ where: { id: { in: part } }, select: editedProduct }),
  );
  return new Map(
    rows.map(({ fieldSources: stored, ...row }) => [row.id, { ...row, sources: fieldSources.parse(stored) }]),
  );
}

/** What every change of a product brings with it. Gives the new version. */
export async function finishEdit(
  tx: Tx,
  id: string,
  data: Prisma.ProductUncheckedUpdateInput,
  plan: Pick<Plan, "sources">,
) {
  const { version } = await tx.product.update({
    where: { id },
    data: { ...data, fieldSources: plan.sources, contentHash: null, version: { increment: 1 } },
    select: { version: true },
  });
  await raiseCatalogueVersion(tx, "products");
  await refreshSearch(tx, [id]);
  return version;
}

export async function checkCategory(tx: Tx, edit: FieldEdit | undefined, plan: Plan) {
  if (typeof edit?.to !== "string") return;
  const category = await tx.category.findUnique({ where: { id: edit.to }, select: { id: true } });
  if (!category) plan.errors.categoryId = "This category no longer exists. Choose another.";
}

export function refuseIfWrong(plan: Plan) {
  const fields = Object.keys(plan.errors);
  if (fields.length > 0) {
    throw new AppError("invalid_input", "Nothing was saved: correct the marked fields.", { fields: plan.errors });
  }
}

export async function withCategoryNames(tx: Tx, conflicts: FieldConflict[]): Promise<FieldConflict[]> {
  const category = conflicts.find((conflict) => conflict.field === "categoryId");
  if (!category) return conflicts;
  const ids = [category.yours, category.theirs, category.from].filter((id) => typeof id === "string");
  const found = await tx.category.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = Object.fromEntries(found.map(({ id, name }) => [id, name]));
  return conflicts.map((conflict) => (conflict === category ? { ...conflict, names } : conflict));
}

export function conflictError(conflicts: FieldConflict[]) {
  const labels = conflicts.map((conflict) => conflict.label).join(", ");
  return new AppError("conflict", `Somebody changed ${labels} since you opened this. Choose which value stands.`, {
    details: { conflicts },
  });
}

/** Categories by name, so that the history can be read after they are gone. */
export async function inWords(tx: Tx, { before, after }: Pick<Plan, "before" | "after">) {
  if (!("category" in after)) return { before, after };
  const ids = [before.category, after.category].filter((id) => typeof id === "string");
  const categories = await tx.category.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const name = (id: unknown) => categories.find((category) => category.id === id)?.name ?? null;
  return {
    before: { ...before, category: name(before.category) },
    after: { ...after, category: name(after.category) },
  };
}
