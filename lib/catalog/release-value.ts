import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { survivorOf } from "@/lib/categories/survivor-of";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { closeConflicts } from "@/lib/inbox/close-conflicts";
import { fieldOf, sourceOf } from "@/lib/metafields/plan-metafields";
import { writeMetafields } from "@/lib/metafields/write-metafields";
import type { FieldSource, FieldSources } from "./field-source";
import { derivedColumns, setSource } from "./plan-fields";
import { FIELD_NAMES, type FieldValue, type ProductField, sourceKey } from "./product-fields";
import { finishEdit, inWords, productForEdit, target } from "./update-product";
import { sourceAfterRelease } from "./value-source";

const id = z.string().max(64);
export const releaseFieldInput = z.object({ id, field: z.enum(FIELD_NAMES) });
export const releaseMetafieldInput = z.object({ productId: id, namespace: z.string(), key: z.string() });

/**
 * Gives a kept field back to its feed: what the feed says now takes its place.
 * @throws {AppError} `conflict` when nothing is kept there (any more)
 */
export async function releaseField(actor: Actor, input: z.output<typeof releaseFieldInput>) {
  assertCan(actor, "catalog:write");
  const { field } = input;
  const key = sourceKey(field);
  return transaction(async (tx) => {
    const product = await productForEdit(tx, input.id);
    const source = keptOrThrow(product.sources[key] ?? null);
    const to = field === "categoryId" ? await categoryOf(tx, source) : feedFieldValue(source);
    const now = new Date();
    const sources = { ...product.sources };
    setSource(
      sources,
      key,
      sourceAfterRelease({ value: product[field], source, createdByRunId: product.createdByRunId }, now),
    );
    const data = { [field]: forColumn(field, to), ...derivedColumns(field, to, product, now) };
    const version = await finishEdit(tx, product.id, data, { sources });
    await closeConflicts(tx, actor, product.id, [key], "feed");
    const values = { before: { [key]: product[field] }, after: { [key]: to } };
    await recordAudit(tx, actor, "product.release", target(product.id), await inWords(tx, values));
    return { version };
  });
}

/**
 * Gives a kept metafield, or one a person removed, back to its feed.
 * @throws {AppError} `conflict` when nothing is kept there (any more)
 */
export async function releaseMetafield(actor: Actor, input: z.output<typeof releaseMetafieldInput>) {
  assertCan(actor, "catalog:write");
  const { productId, namespace, key } = input;
  const field = fieldOf(input);
  return transaction(async (tx) => {
    const product = await productForEdit(tx, productId);
    const row = await tx.productMetafield.findUnique({
      where: { productId_namespace_key: { productId, namespace, key } },
      select: { value: true, type: true, source: true, kept: true, feedValue: true },
    });
    const definition = await tx.metafieldDefinition.findUnique({
      where: { namespace_key: { namespace, key } },
      select: { type: true },
    });
    const source = keptOrThrow(row ? sourceOf(row) : (product.sources[field] ?? null));
    const value = source.feedValue == null ? null : String(source.feedValue);
    const released = sourceAfterRelease(
      { value: row?.value ?? null, source, createdByRunId: product.createdByRunId },
      new Date(),
    );
    const type = definition?.type ?? row?.type ?? "multi_line_text_field";
    await writeMetafields(tx, productId, [{ namespace, key, type, value, source: released, newDefinition: null }]);
    const sources: FieldSources = { ...product.sources };
    setSource(sources, field, null);
    const version = await finishEdit(tx, productId, {}, { sources });
    await closeConflicts(tx, actor, productId, [field], "feed");
    const values = { before: { [field]: row?.value ?? null }, after: { [field]: value } };
    await recordAudit(tx, actor, "product.release", target(productId), values);
    return { version };
  });
}

function keptOrThrow(source: FieldSource | null): FieldSource {
  if (source?.kept) return source;
  throw new AppError("conflict", "This value is no longer kept against the feed. Reload to see it as it stands.");
}

function feedFieldValue({ feedValue }: FieldSource): FieldValue {
  return typeof feedValue === "boolean" || feedValue === undefined ? null : feedValue;
}

/** Text columns that are never null hold "". */
function forColumn(field: ProductField, value: FieldValue) {
  return value === null && (field === "description" || field === "shortDescription") ? "" : value;
}

/** The feed's category by its id, or by its name where only that was remembered and only one bears it. */
async function categoryOf(tx: Tx, { feedValue }: FieldSource): Promise<string | null> {
  if (feedValue == null) return null;
  const said = String(feedValue);
  const found = await tx.category.findMany({
    where: { OR: [{ id: said }, { name: said }] },
    select: { id: true },
    take: 2,
  });
  const [only] = found;
  if (found.length === 1 && only) return only.id;
  const survivor = found.length === 0 ? await survivorOf(tx, said) : null;
  if (survivor) return survivor;
  throw new AppError("conflict", "The feed's category can't be told any more. Choose one from the list instead.");
}
