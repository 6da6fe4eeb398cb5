import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { selectMetafieldValues } from "@/lib/db/metafield-values";
import { codecOf } from "@/lib/metafields/types";
import { type MetafieldId, metafieldId, metafieldOf } from "./filter/condition";
import { kindOfMetafield } from "./filter/fields";
import { metafieldTypes } from "./filter/resolve-conditions";

/** How metafields are headed as columns; one that no product carries and nobody defined is headed by its key. */
export async function getMetafieldColumns(actor: Actor, ids: readonly MetafieldId[]) {
  assertCan(actor, "catalog:read");
  if (ids.length === 0) return {};
  const [types, defined] = await Promise.all([
    metafieldTypes(actor, ids),
    db.metafieldDefinition.findMany({
      where: { OR: ids.map(metafieldOf) },
      select: { namespace: true, key: true, name: true },
    }),
  ]);
  const names = new Map(defined.map(({ namespace, key, name }) => [`${namespace}.${key}`, name]));
  const columns: Partial<Record<MetafieldId, { label: string; isNumber: boolean; type: string }>> = {};
  for (const id of ids) {
    const { namespace, key } = metafieldOf(id);
    const type = types.get(`${namespace}.${key}`) ?? "single_line_text_field";
    const kind = kindOfMetafield(type, codecOf(type).control);
    const label = names.get(`${namespace}.${key}`) || key;
    columns[id] = { label, isNumber: kind === "number" || kind === "measure", type };
  }
  return columns;
}

export interface MetafieldCell {
  type: string;
  /** As stored. */
  value: string;
  shown: string;
}

/** The metafields shown beside products, by product: one query, whatever the number of either. */
export async function listMetafieldValues(actor: Actor, productIds: readonly string[], ids: readonly MetafieldId[]) {
  assertCan(actor, "catalog:read");
  const found = new Map<string, Partial<Record<MetafieldId, MetafieldCell>>>();
  for (const { productId, namespace, key, type, value } of await selectMetafieldValues(
    productIds,
    ids.map(metafieldOf),
  )) {
    const cells = found.get(productId) ?? {};
    cells[metafieldId(namespace, key)] = { type, value, shown: codecOf(type).display(value) };
    found.set(productId, cells);
  }
  return found;
}
