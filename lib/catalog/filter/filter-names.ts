import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree } from "@/lib/categories/category-tree";
import { codecOf } from "@/lib/metafields/types";
import { getMetafieldColumns } from "../metafield-columns";
import { type Conditions, isMetafieldId } from "./condition";
import type { FilterNames } from "./condition-words";
import { kindOfMetafield } from "./fields";

/** What the fields and categories of a filter are called, for its chips. */
export async function getFilterNames(actor: Actor, { groups }: Conditions): Promise<FilterNames> {
  assertCan(actor, "catalog:read");
  const all = groups.flatMap(({ conditions }) => conditions);
  const asked = all.filter(({ field }) => field === "category").flatMap(({ values }) => values);
  const [columns, tree] = await Promise.all([
    getMetafieldColumns(actor, [...new Set(all.map(({ field }) => field).filter(isMetafieldId))]),
    asked.length > 0 ? categoryTree() : null,
  ]);
  const metafields = Object.entries(columns).flatMap(([id, column]) => {
    if (!column) return [];
    const codec = codecOf(column.type);
    return [
      [id, { label: column.label, kind: kindOfMetafield(column.type, codec.control), hint: codec.hint }] as const,
    ];
  });
  const categories = asked.flatMap((name) => {
    const node = tree?.byId.get(name) ?? tree?.byPath.get(name);
    return node ? [[name, node.name] as const] : [];
  });
  return { metafields: Object.fromEntries(metafields), categories: Object.fromEntries(categories) };
}
