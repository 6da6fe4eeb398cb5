import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { FIELD_NAMES, fieldInfo } from "@/lib/catalog/product-fields";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { searchCategories } from "@/lib/categories/search-categories";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { isFetched, parseConnection } from "@/lib/feeds/connection";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import { formatPlural } from "@/lib/format";
import { listDefinitions } from "@/lib/metafields/list-definitions";
import { findAnything } from "@/lib/search/find-anything";
import type { FeedSource, Prisma } from "@/prisma/generated/sqlite/client";
import type { Choice } from "./choices";
import type { ChoiceKind } from "./parameter";

interface ChoiceSource {
  find(actor: Actor, q: string): Promise<Choice[]>;
  get(actor: Actor, text: string): Promise<Choice | null>;
}

/** Choices offered at once. */
const MOST = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where the choices of each kind come from. */
export const CHOICES: Record<ChoiceKind, ChoiceSource> = {
  source: sources(() => true),
  "fetched-source": sources((connection) => isFetched(parseConnection(connection))),
  "run-in-review": runs({ status: "review", isDryRun: false }),
  "undoable-run": runs({
    status: { in: ["success", "partial", "failed", "cancelled"] },
    isDryRun: false,
    prunedAt: null,
    undoneBy: null,
    trigger: { not: "undo" },
    changes: { some: { state: "applied" } },
  }),
  "category-run": runs({ changes: { some: { entity: "category", state: "applied" } } }),
  "held-row": { find: findHeldRows, get: getHeldRow },
  category: { find: findCategories, get: getCategory },
  product: { find: findProducts, get: getProduct },
  definition: { find: findDefinitions, get: getDefinition },
  field: { find: findFields, get: getField },
};

/** A shop has some dozens of sources: they are read whole. */
function sources(fits: (connection: unknown) => boolean): ChoiceSource {
  const read = (where: Prisma.FeedSourceWhereInput) =>
    db.feedSource.findMany({ where, orderBy: [{ name: "asc" }, { id: "asc" }], take: 1_000 });
  const toChoice = ({ id, name, kind }: FeedSource): Choice => {
    return { value: id, label: name, detail: FEED_KINDS[kind].label, href: `/feeds/${id}` };
  };
  return {
    async find(_, q) {
      const found = await read({ isActive: true, ...(q ? { name: contains(q) } : {}) });
      return found
        .filter(({ connection }) => fits(connection))
        .slice(0, MOST)
        .map(toChoice);
    },
    async get(_, text) {
      const found = await read({ OR: [{ id: text }, { name: text }] });
      const [one, ...more] = found.filter(({ connection }) => fits(connection));
      return one && more.length === 0 ? toChoice(one) : null;
    },
  };
}

function runs(where: Prisma.SyncHistoryWhereInput): ChoiceSource {
  const select = { id: true, number: true, source: true, status: true, heldReason: true, processed: true } as const;
  type Row = Prisma.SyncHistoryGetPayload<{ select: typeof select }>;
  const toChoice = ({ id, number, source, status, heldReason, processed }: Row): Choice => ({
    value: id,
    label: `Run ${number}: ${source}`,
    detail: status === "review" && heldReason ? `Held: ${heldReason}` : formatPlural(processed, "row"),
    href: `/syncs/${number}`,
  });
  return {
    async find(_, q) {
      const number = /^\d{1,9}$/.test(q) ? Number(q) : null;
      const words = number === null ? (q ? { source: contains(q) } : {}) : { number };
      const found = await db.syncHistory.findMany({
        where: { AND: [where, words] },
        select,
        orderBy: { number: "desc" },
        take: MOST,
      });
      return found.map(toChoice);
    },
    async get(_, text) {
      const number = text.replace(/^run /i, "");
      const one = UUID.test(text) ? { id: text } : /^\d{1,9}$/.test(number) ? { number: Number(number) } : null;
      const found = one && (await db.syncHistory.findFirst({ where: one, select }));
      return found && toChoice(found);
    },
  };
}

const heldRow = { id: true, externalKey: true, label: true, name: true, run: { select: { source: true } } } as const;
const heldRows: Prisma.SyncChangeWhereInput = { openSince: { not: null }, kind: { in: ["ambiguous", "unmatched"] } };

function heldChoice({ id, externalKey, label, name, run }: Prisma.SyncChangeGetPayload<{ select: typeof heldRow }>) {
  return { value: String(id), label: `${label || externalKey}: ${name}`, detail: `${externalKey} of ${run.source}` };
}

async function findHeldRows(_: Actor, q: string): Promise<Choice[]> {
  const words = q ? { OR: [{ label: contains(q) }, { name: contains(q) }, { externalKey: contains(q) }] } : {};
  const found = await db.syncChange.findMany({
    where: { AND: [heldRows, words] },
    select: heldRow,
    orderBy: { id: "asc" },
    take: MOST,
  });
  return found.map(heldChoice);
}

async function getHeldRow(_: Actor, text: string): Promise<Choice | null> {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : null;
  const byKey = { externalKey: text, ...heldRows };
  const [found, ...more] = await db.syncChange.findMany({
    where: id === null ? byKey : { OR: [{ id }, byKey] },
    select: heldRow,
    orderBy: { id: "asc" },
    take: 2,
  });
  return found && more.length === 0 ? heldChoice(found) : null;
}

async function findCategories(actor: Actor, q: string): Promise<Choice[]> {
  if (q) {
    const found = await searchCategories(actor, q, MOST);
    return found
      .filter((category) => !category.isArchived)
      .map(({ id, name, above, path }) => ({ value: id, label: name, detail: above.join(" › ") || path }));
  }
  const top = await db.category.findMany({
    where: { level: 0, isActive: true },
    select: { id: true, name: true, path: true },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: MOST,
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
        take: MOST,
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
    take: MOST,
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
  return [...own, ...others].slice(0, 2 * MOST);
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
