import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { db, type Reader, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { isRemovalConfirmed, removalConfirmation, TYPED_FROM } from "./removal-confirmation";

const ENTITY = "MetafieldDefinition";
/** Categories named in a plan; the rest is a count. */
const NAMED = 5;

export const definitionInput = z.object({ id: z.string().max(64) });
export const deleteDefinitionInput = definitionInput.extend({ version: z.number().int() });
export const removeValuesInput = definitionInput.extend({ confirmation: z.string().max(100).optional() });

/**
 * What stands in the way of a definition's deletion, and what would go with it.
 * @throws {AppError} `not_found`
 */
export async function previewDeletion(actor: Actor, { id }: z.output<typeof definitionInput>) {
  assertCan(actor, "catalog:write");
  const definition = await definitionOf(db, id);
  const { namespace, key, version, externalKey } = definition;
  const where = { namespace, key };
  const carries = { metafields: { some: where } };
  const [values, categories, categoryCount, templates] = await Promise.all([
    db.productMetafield.count({ where }),
    db.category.findMany({
      where: carries,
      select: { id: true, name: true },
      orderBy: { path: "asc" },
      take: NAMED,
    }),
    db.category.count({ where: carries }),
    db.categoryTemplateEntry.count({ where: { definitionId: id } }),
  ]);
  return {
    version,
    values,
    categories,
    categoryCount,
    templates,
    isFromFeed: externalKey !== null,
    /** What is typed before so many values are planned to go. */
    confirmation: values >= TYPED_FROM ? removalConfirmation(values) : null,
  };
}
export type DeletionPreview = Awaited<ReturnType<typeof previewDeletion>>;

/**
 * Deletes a definition that nothing carries any more; what templates asked for it ask no longer.
 * @throws {AppError} `conflict` while a product or a category has a value of it, or when somebody changed it since
 */
export async function deleteDefinition(actor: Actor, { id, version }: z.output<typeof deleteDefinitionInput>) {
  assertCan(actor, "catalog:write");
  await transaction(async (tx) => {
    const definition = await definitionOf(tx, id);
    const { namespace, key } = definition;
    if (definition.version !== version) {
      throw new AppError("conflict", "Somebody changed this definition meanwhile. Load the page again.");
    }
    await refuseCarried(tx, { namespace, key });
    const templates = await tx.categoryTemplateEntry.findMany({
      where: { definitionId: id },
      select: { categoryId: true, isRequired: true, position: true },
    });
    const { count } = await tx.metafieldDefinition.deleteMany({ where: { id, version } });
    if (count === 0) throw new AppError("conflict", "Somebody changed this definition meanwhile. Load the page again.");
    await raiseCatalogueVersion(tx, "categories");
    const { id: _, createdAt, updatedAt, ...facts } = definition;
    const before = JSON.parse(JSON.stringify({ ...facts, templates }));
    await recordAudit(tx, actor, "definition.delete", { entity: ENTITY, entityId: id }, { before });
  });
}

/**
 * Plans that every product loses its value: a run that waits for review, as any bulk edit, and can be undone.
 * @throws {AppError} `invalid_input` without the words that many values need; `conflict` where there are none
 */
export async function requestValueRemoval(actor: Actor, { id, confirmation }: z.output<typeof removeValuesInput>) {
  assertCan(actor, "catalog:write");
  const { namespace, key } = await definitionOf(db, id);
  const values = await db.productMetafield.count({ where: { namespace, key } });
  if (values === 0) throw new AppError("conflict", "No product has a value of it any more: delete the definition.");
  if (values >= TYPED_FROM && actor.kind === "user" && !isRemovalConfirmed(values, confirmation)) {
    const message = `Type "${removalConfirmation(values)}" to confirm.`;
    throw new AppError("invalid_input", message, { fields: { confirmation: message } });
  }
  const guarded = `m.${namespace}.${key}`.replace(/[\\:,;|]/g, "\\$&");
  const query = new URLSearchParams([
    ["filter", `${guarded}:filled`],
    ...["draft", "active", "archived"].map((status) => ["status", status]),
  ]);
  return requestBulkEdit(actor, {
    operations: [{ kind: "clear", field: `metafield:${namespace}.${key}` }],
    selection: { query: query.toString(), category: null, except: [] },
    policy: "skip",
  });
}

async function definitionOf(on: Reader, id: string) {
  const found = await on.metafieldDefinition.findUnique({ where: { id } });
  if (!found) throw new AppError("not_found", "There is no such metafield definition.");
  return found;
}

async function refuseCarried(on: Reader, where: { namespace: string; key: string }) {
  const [product, categories] = await Promise.all([
    on.productMetafield.findFirst({ where, select: { id: true } }),
    on.categoryMetafield.count({ where }),
  ]);
  if (product) {
    const words = `Products have values of ${where.namespace}.${where.key}. Remove those first: a run that can be undone.`;
    throw new AppError("conflict", words);
  }
  if (categories > 0) {
    const words = `${formatPlural(categories, "category has", "categories have")} it as an attribute. Remove it there first.`;
    throw new AppError("conflict", words);
  }
}
