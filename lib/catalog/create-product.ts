import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { planMetafields } from "@/lib/metafields/plan-metafields";
import { writeMetafields } from "@/lib/metafields/write-metafields";
import { refreshSearch } from "@/lib/search/refresh-search";
import { raiseCatalogueVersion } from "./catalogue-version";
import { insertProduct, type NewValues } from "./insert-product";
import type { NewProductInput } from "./new-product";
import { emptyPlan } from "./plan-fields";
import { isProductField, sourceKey } from "./product-fields";
import { inWords, target } from "./update-product";

/**
 * Makes a product by hand, a draft unless said otherwise. The person is the source of every value: feeds that find it
 * fill what is left open and show the rest beside it.
 * @throws {AppError} `conflict` when the SKU is taken; `invalid_input` with a sentence per field
 */
export async function createProduct(actor: Actor, input: NewProductInput): Promise<{ id: string; sku: string }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const { sku, upc } = input;
    const values = { ...input.fields, name: input.name };
    const id = await insertProduct(tx, actor, { sku, upc, values });
    const plan = emptyPlan({});
    const edits = input.metafields.filter(({ to }) => to !== null && to.trim() !== "");
    const writes = await planMetafields(tx, actor, { id, createdByRunId: null }, edits, plan, new Date());
    if (Object.keys(plan.errors).length > 0) {
      throw new AppError("invalid_input", "Nothing was saved: correct the marked fields.", { fields: plan.errors });
    }
    await writeMetafields(
      tx,
      id,
      // Like every value, they are the maker's.
      writes.map((write) => ({ ...write, source: null })),
    );
    await finishCreation(tx, actor, id, { ...toldOf(sku, upc, values), ...plan.after });
    return { id, sku };
  });
}

/** What every new product brings with it. */
export async function finishCreation(tx: Tx, actor: Actor, id: string, after: Record<string, Told>) {
  await raiseCatalogueVersion(tx, "products");
  await refreshSearch(tx, [id]);
  const words = await inWords(tx, { before: {}, after });
  await recordAudit(tx, actor, "product.create", target(id), { after: words.after });
}

type Told = string | number | boolean | null;

/** The values given, by the names of the history. */
export function toldOf(sku: string, upc: string, values: NewValues): Record<string, Told> {
  const given = Object.entries(values).flatMap(([field, value]): [string, Told][] =>
    isProductField(field) && value !== null && value !== undefined && value !== "" ? [[sourceKey(field), value]] : [],
  );
  return { sku, ...(upc === "" ? {} : { upc }), ...Object.fromEntries(given) };
}
