import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { FIELD_NAMES, fieldInfo } from "@/lib/catalog/product-fields";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { searchCategories } from "@/lib/categories/search-categories";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { listDefinitions } from "@/lib/metafields/list-definitions";
import { findAnything } from "@/lib/search/find-anything";
import { type ChoiceSource, MOST_CHOICES, UUID } from "./choice-source";
import type { Choice } from "./choices";

async function findCategories(actor: Actor, q: string): Promise<Choice[]> {
  if (q) {
    const found = await searchCategories(actor, q, MOST_CHOICES);
    return found
      .filter((category) => !category.isArchived)
      .map(({ id, name, above, path }) => ({ value: id, label: name, detail: above.join(" › ") || path }));
  }
  const top = await db.category.findMany({
    where: { level: 0, isActive: true },
    select: { id: true, name: true, path: true },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: MOST_CHOICES,
  });
  return top.map(({ id, name, path }) => ({ value: id, label: name, detail: path }));
}

/** By its id, its path, or a name that no other has. */
async function getCategory(_: Actor, text: string): Promise<Choice | null> {
  const tree = await categoryTree();
  const all = [...tree.byId.values()];
  const named = all.filter(({ name }) => name === text);
  const node = tree.byId.get(text) ?? all.find(({ path }) => path === text) ?? (named.length === 1 ? named[0] : null);
  if (!node) return null;
  const above = trail(tree, node)
    .slice(0, -1)
    .map(({ name }) => name);
  const detail = above.join(" › ") || node.path;
  return { value: node.id, label: node.name, detail, href: `/catalog/${node.path}` };
}

async function findProducts(actor: Actor, q: string): Promise<Choice[]> {
  const rows = q
    ? (await findAnything(actor, q)).products
    : await db.product.findMany({
        select: { id: true, sku: true, name: true },
        orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
        take: MOST_CHOICES,
      });
  return rows.map(({ id, sku, name }) => ({ value: id, label: sku, detail: name }));
}

async function getProduct(_: Actor, text: string): Promise<Choice | null> {
  const found = await db.product.findFirst({
    where: UUID.test(text) ? { id: text } : { sku: text },
    select: { id: true, sku: true, name: true },
  });
  return found && { value: found.id, label: found.sku, detail: found.name, href: `/products/${found.id}` };
}

async function findDefinitions(_: Actor, q: string): Promise<Choice[]> {
  const rows = await db.metafieldDefinition.findMany({
    where: q ? { OR: [{ name: contains(q) }, { key: contains(q.replaceAll(" ", "_")) }] } : {},
    select: { id: true, namespace: true, key: true, name: true },
    orderBy: [{ pinnedPosition: { sort: "asc", nulls: "last" } }, { name: "asc" }, { id: "asc" }],
    take: MOST_CHOICES,
  });
  return rows.map(({ id, namespace, key, name }) => ({ value: id, label: name, detail: `${namespace}.${key}` }));
}

async function getDefinition(_: Actor, text: string): Promise<Choice | null> {
  const at = text.indexOf(".");
  const byName = at < 0 ? [] : [{ namespace: text.slice(0, at), key: text.slice(at + 1) }];
  const found = await db.metafieldDefinition.findFirst({ where: { OR: [{ id: text }, ...byName] } });
  if (!found) return null;
  const detail = `${found.namespace}.${found.key}`;
  return { value: found.id, label: found.name, detail, href: `/metafields/${found.id}` };
}

const FIELDS: readonly Choice[] = FIELD_NAMES.map((name) => {
  return { value: name, label: fieldInfo(name).label, detail: "a field of the product" };
});

async function findFields(actor: Actor, q: string): Promise<Choice[]> {
  const asked = q.toLowerCase();
  const own = FIELDS.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(asked));
  const metafields = await listDefinitions(actor, { q });
  const others = metafields.map(({ namespace, key, name }) => {
    return { value: `metafield:${namespace}.${key}`, label: name, detail: `${namespace}.${key}` };
  });
  return [...own, ...others].slice(0, 2 * MOST_CHOICES);
}

/** A field by its name in any spelling; any metafield by `metafield:<namespace>.<key>`: whether it is there is told later. */
async function getField(actor: Actor, text: string): Promise<Choice | null> {
  const plain = text.replaceAll(/[_\s]/g, "").toLowerCase();
  const own = FIELDS.find(
    ({ label, value }) => value.toLowerCase() === plain || label.toLowerCase() === text.toLowerCase(),
  );
  if (own) return own;
  const name = text.startsWith("metafield:") ? text.slice("metafield:".length) : null;
  if (!name?.includes(".")) return null;
  const definition = await getDefinition(actor, name);
  return { value: text, label: definition?.label ?? name, detail: name };
}

export const categories: ChoiceSource = { find: findCategories, get: getCategory };
export const products: ChoiceSource = { find: findProducts, get: getProduct };
export const definitions: ChoiceSource = { find: findDefinitions, get: getDefinition };
export const fields: ChoiceSource = { find: findFields, get: getField };
