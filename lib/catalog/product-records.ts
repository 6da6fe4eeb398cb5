import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { FEED_COLUMNS } from "@/lib/feeds/feed-fields";
import type { Prisma } from "@/prisma/generated/sqlite/client";

// By far the longest text; who lists products does without.
const { description: _, ...columns } = FEED_COLUMNS;

const productRecord = {
  id: true,
  sku: true,
  ...columns,
  stockStatus: true,
  shopifyProductId: true,
  shopifyVariantId: true,
  shopifySyncedAt: true,
  version: true,
  archivedAt: true,
  createdAt: true,
  updatedAt: true,
  category: { select: { id: true, name: true, path: true } },
} satisfies Prisma.ProductSelect;

export type ProductRecord = Prisma.ProductGetPayload<{ select: typeof productRecord }>;

/** The products of these ids with all their plain fields but the description, by id; one that is gone is absent. */
export async function getProductRecords(actor: Actor, ids: string[]): Promise<ReadonlyMap<string, ProductRecord>> {
  assertCan(actor, "catalog:read");
  const records = await db.product.findMany({ where: { id: { in: ids } }, select: productRecord });
  return new Map(records.map((record) => [record.id, record]));
}
