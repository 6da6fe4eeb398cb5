import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { readTemplates } from "@/lib/metafields/read-template";
import { templateAt } from "@/lib/metafields/template";
import { fieldLabel } from "@/lib/sync/field-words";
import { countedTree, isArchived, trail } from "./category-tree";
import { detailRow, toDetails } from "./write-details";

export type CategoryDetails = Awaited<ReturnType<typeof getCategoryDetails>>;

/** What a category's own page shows. @throws {AppError} `not_found` */
export async function getCategoryDetails(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const [{ tree, counts }, row, templates] = await Promise.all([
    countedTree(),
    db.category.findUnique({
      where: { id },
      select: {
        ...detailRow,
        version: true,
        isActive: true,
        createdAt: true,
        updatedAt: true,
        shopifyCollectionId: true,
        icons: { where: { status: "active", fileMissing: false }, select: { id: true }, take: 1 },
        sourceItems: { select: { externalKey: true, source: { select: { id: true, name: true } } }, take: SOURCES },
        redirects: { select: { path: true }, orderBy: { createdAt: "desc" }, take: REDIRECTS },
      },
    }),
    readTemplates(db),
  ]);
  const node = tree.byId.get(id);
  if (!node || !row) throw new AppError("not_found", "There is no such category.");
  const { name, path, parentId } = node;
  const above = trail(tree, node).slice(0, -1);
  const { template, metafields } = toDetails(row);
  const inherited = templateAt(
    above.at(-1)?.path ?? null,
    templates.entries.filter((entry) => entry.path !== path),
    templates.everywhere,
  );
  const named = await namesOf([...row.metafields, ...row.template.map((entry) => entry.definition), ...inherited]);
  return {
    id,
    name,
    path,
    parentId,
    slug: node.slug,
    version: row.version,
    isActive: row.isActive,
    /** It or one above it is archived. */
    isArchived: isArchived(tree, node),
    description: row.description,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    above: above.map((at) => ({ id: at.id, name: at.name, path: at.path })),
    children: node.children.length,
    own: counts.own.get(id) ?? 0,
    products: counts.subtree.get(id) ?? 0,
    iconId: row.icons[0]?.id ?? null,
    collectionId: row.shopifyCollectionId,
    sources: row.sourceItems.map(({ externalKey, source }) => ({ key: externalKey, ...source })),
    redirects: row.redirects.map((redirect) => redirect.path),
    metafields: [...metafields].map(([field, { value, type }]) => ({
      field,
      label: named.get(field) ?? fieldLabel(`metafield:${field}`),
      value,
      type,
    })),
    template: row.template.map(({ isRequired, definition }) => ({
      ...definition,
      isRequired,
      label: named.get(`${definition.namespace}.${definition.key}`) ?? definition.key,
    })),
    /** As a change of it compares it. */
    templateWords: template,
    inherited: inherited.map((one) => ({ ...one, label: named.get(`${one.namespace}.${one.key}`) ?? one.key })),
  };
}

/** Enough to see who knows it; a category merged often has many. */
const SOURCES = 20;
const REDIRECTS = 10;

async function namesOf(names: { namespace: string; key: string }[]) {
  const rows = await db.metafieldDefinition.findMany({
    where: { OR: names.map(({ namespace, key }) => ({ namespace, key })) },
    select: { namespace: true, key: true, name: true },
  });
  return new Map(rows.map(({ namespace, key, name }) => [`${namespace}.${key}`, name]));
}
