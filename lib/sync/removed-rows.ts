import "server-only";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { FieldChange } from "./change";

const imageRow = {
  id: true,
  productId: true,
  url: true,
  view: true,
  filename: true,
  storagePath: true,
  altText: true,
  width: true,
  height: true,
  fileSize: true,
  format: true,
  fileHash: true,
  perceptualHash: true,
  failure: true,
  fetchedAt: true,
  sortOrder: true,
  isFeatured: true,
  isActive: true,
  shopifyImageId: true,
  shopifyImageUrl: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ProductImageSelect;

const metafieldRow = {
  id: true,
  productId: true,
  namespace: true,
  key: true,
  description: true,
  isVisible: true,
  displayOrder: true,
  shopifyMetafieldId: true,
  shopifyOwnerId: true,
  createdAt: true,
} satisfies Prisma.ProductMetafieldSelect;

/** Adds to each line that takes a picture or a metafield away the row it was, so that an undo can put it back whole. */
export async function rememberRemovedRows(on: Reader, changes: { entityId: string; lines: FieldChange[] }[]) {
  const removals = changes.flatMap(({ entityId, lines }) =>
    lines.filter(isRemoval).map((line) => ({ productId: entityId, line })),
  );
  await rememberImages(
    on,
    removals.filter(({ line }) => line.field.startsWith("image:")),
  );
  await rememberMetafields(
    on,
    removals.filter(({ line }) => line.field.startsWith("metafield:")),
  );
}

interface Removal {
  productId: string;
  line: FieldChange;
}

function isRemoval(line: FieldChange) {
  return line.after === null && line.before !== null && !line.kept;
}

async function rememberImages(on: Reader, removals: Removal[]) {
  const rows = await inParts(productIds(removals), (part) =>
    on.productImage.findMany({ where: { productId: { in: part } }, select: imageRow }),
  );
  const found = new Map(rows.map(({ productId, ...row }) => [`${productId}\0image:${row.view}\0${row.url}`, row]));
  for (const { productId, line } of removals) {
    const row = found.get(`${productId}\0${line.field}\0${line.before}`);
    if (row) line.was = row;
  }
}

async function rememberMetafields(on: Reader, removals: Removal[]) {
  const rows = await inParts(productIds(removals), (part) =>
    on.productMetafield.findMany({ where: { productId: { in: part } }, select: metafieldRow }),
  );
  const found = new Map(
    rows.map(({ productId, namespace, key, ...row }) => [`${productId}\0metafield:${namespace}.${key}`, row]),
  );
  for (const { productId, line } of removals) {
    const row = found.get(`${productId}\0${line.field}`);
    if (row) line.was = row;
  }
}

function productIds(removals: Removal[]) {
  return removals.map(({ productId }) => productId);
}
