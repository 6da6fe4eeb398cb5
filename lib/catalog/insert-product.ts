import "server-only";
import { v7 as uuid } from "uuid";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import { insertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { normalizeCode, toGtin14 } from "./codes";
import { derivedColumns } from "./plan-fields";
import { FIELD_NAMES, type FieldValue, type ProductField } from "./product-fields";

export type NewValues = { name: string } & Partial<Record<ProductField, FieldValue>>;

interface NewRow {
  sku: string;
  values: NewValues;
  /** Empty: none. */
  upc: string;
}

/**
 * Inserts a product that a person makes; every value's source is that person.
 * @throws {AppError} `conflict` with the field `sku` when it is taken, also by somebody at this very moment;
 * `invalid_input` when the UPC is another product's or the category is gone
 */
export async function insertProduct(tx: Tx, actor: Actor, { sku, values, upc }: NewRow): Promise<string> {
  await refuseTakenSku(tx, sku);
  if (upc !== "") await refuseTakenUpc(tx, upc);
  await refuseUnknownCategory(tx, values.categoryId);
  const id = uuid();
  const now = new Date();
  const row = {
    ...Object.fromEntries(FIELD_NAMES.map((field) => [field, values[field] ?? EMPTY[field] ?? null])),
    status: values.status ?? "draft",
  };
  const derived = Object.assign(
    { nameKey: "", brandKey: null, archivedAt: null, stockStatus: "unknown" },
    ...FIELD_NAMES.map((field) => derivedColumns(field, values[field] ?? null, { stockStatus: "unknown" }, now)),
  );
  await insertRows(
    tx,
    "Product",
    [
      {
        ...row,
        ...derived,
        id,
        sku,
        upc: upc === "" ? null : upc,
        fieldSources: {},
        createdById: actorUserId(actor),
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
    ],
    { onConflict: "nothing" },
  );
  // Somebody may have taken the SKU at this moment: then nothing was inserted.
  if ((await tx.product.count({ where: { id } })) === 0) await refuseTakenSku(tx, sku, true);
  if (upc !== "") {
    const gtin14 = toGtin14(upc);
    await tx.productCode.create({
      data: { productId: id, type: "upc", code: upc, normalized: normalizeCode(upc), gtin14 },
      select: { id: true },
    });
  }
  return id;
}

/** Texts that are empty, not unknown. */
const EMPTY: Partial<Record<ProductField, string>> = { description: "", shortDescription: "" };

async function refuseTakenSku(tx: Tx, sku: string, isTaken = false) {
  const owner = await tx.product.findUnique({ where: { sku }, select: { id: true, name: true, status: true } });
  if (!owner && !isTaken) return;
  const by = owner ? ` by “${owner.name}”${owner.status === "archived" ? ", which is archived" : ""}` : "";
  const sentence = `${sku} is taken${by}. Choose another SKU.`;
  throw new AppError("conflict", sentence, { fields: { sku: sentence }, details: owner && { productId: owner.id } });
}

/** A UPC or EAN is one product's: feeds find it by this. */
async function refuseTakenUpc(tx: Tx, upc: string) {
  const gtin14 = toGtin14(upc);
  const owner = await tx.productCode.findFirst({
    where: { gtin14 },
    select: { product: { select: { sku: true, name: true } } },
  });
  if (!owner) return;
  const sentence = `${upc} is the UPC or EAN of ${owner.product.sku}, “${owner.product.name}”.`;
  throw new AppError("invalid_input", sentence, { fields: { upc: sentence } });
}

async function refuseUnknownCategory(tx: Tx, categoryId: FieldValue | undefined) {
  if (typeof categoryId !== "string") return;
  const category = await tx.category.findUnique({ where: { id: categoryId }, select: { id: true } });
  if (category) return;
  const sentence = "This category no longer exists. Choose another.";
  throw new AppError("invalid_input", sentence, { fields: { categoryId: sentence } });
}
