import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { insertRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { typedColumns } from "@/lib/metafields/types";
import { finishCreation, toldOf } from "./create-product";
import { insertProduct, type NewValues } from "./insert-product";
import { COPY_PARTS, type DuplicateProductInput } from "./new-product";
import { FIELD_NAMES, type ProductField } from "./product-fields";

/**
 * Makes a draft that is like another product in the parts chosen. Codes, stock and what feeds know stay with the first.
 * @throws {AppError} `not_found`; `conflict` when the SKU is taken
 */
export async function duplicateProduct(actor: Actor, input: DuplicateProductInput) {
  assertCan(actor, "catalog:write");
  const { id: originalId, sku, name, copy } = input;
  return transaction(async (tx) => {
    const select = Object.fromEntries(FIELD_NAMES.map((field) => [field, true])) as Record<ProductField, true>; // one key per name
    const original = await tx.product.findUnique({ where: { id: originalId }, select: { ...select, sku: true } });
    if (!original) throw new AppError("not_found", "There is no such product.");
    const copied = copy.flatMap((part): readonly ProductField[] => COPY_PARTS[part].fields);
    const values: NewValues = { name, ...Object.fromEntries(copied.map((field) => [field, original[field]])) };
    const id = await insertProduct(tx, actor, { sku, upc: "", values });
    const metafields = copy.includes("metafields") ? await copyMetafields(tx, originalId, id) : 0;
    const pictures = copy.includes("pictures") ? await copyPictures(tx, originalId, id) : 0;
    const counts = { ...(metafields > 0 && { metafields }), ...(pictures > 0 && { pictures }) };
    await finishCreation(tx, actor, id, { copiedFrom: original.sku, ...toldOf(sku, "", values), ...counts });
    return { id, sku };
  });
}

async function copyMetafields(tx: Tx, from: string, productId: string) {
  const rows = await tx.productMetafield.findMany({
    where: { productId: from },
    select: {
      namespace: true,
      key: true,
      value: true,
      type: true,
      description: true,
      isVisible: true,
      displayOrder: true,
    },
  });
  const now = new Date();
  await insertRows(
    tx,
    "ProductMetafield",
    rows.map((row) => ({ ...row, productId, ...typedColumns(row.type, row.value), createdAt: now, updatedAt: now })),
  );
  return rows.length;
}

/** The files themselves are shared: a picture is kept as long as a product shows it. */
async function copyPictures(tx: Tx, from: string, productId: string) {
  const rows = await tx.productImage.findMany({
    where: { productId: from, isActive: true },
    omit: { id: true, productId: true, metadata: true, shopifyImageId: true, shopifyImageUrl: true },
  });
  const now = new Date();
  await insertRows(
    tx,
    "ProductImage",
    rows.map((row) => ({ ...row, productId, createdAt: now, updatedAt: now })),
  );
  return rows.length;
}
