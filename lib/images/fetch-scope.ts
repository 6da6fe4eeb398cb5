import { z } from "zod";
import type { Prisma } from "@/prisma/generated/sqlite/client";

/** Which pictures are meant: a product's, those of a category and all below it, all not tried yet, all that failed. */
export const fetchScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("product"), id: z.string().max(64) }),
  z.object({ kind: z.literal("category"), id: z.string().max(64) }),
  z.object({ kind: z.literal("missing") }),
  z.object({ kind: z.literal("broken") }),
]);
export type FetchScope = z.output<typeof fetchScope>;

/** Shown pictures without a file, not asked for since `since`; files that lie here and were never looked at, too. */
export function pendingPictures(scope: FetchScope, since: Date, categoryPath?: string): Prisma.ProductImageWhereInput {
  return {
    isActive: true,
    ...ofScope(scope, categoryPath),
    OR: [
      { storagePath: null, url: { not: "" }, ...triedBefore(scope, since) },
      { storagePath: { not: null }, fileHash: null, ...triedBefore(scope, since) },
    ],
  };
}

function triedBefore(scope: FetchScope, since: Date): Prisma.ProductImageWhereInput {
  if (scope.kind === "missing") return { fetchedAt: null };
  if (scope.kind === "broken") return { failure: { not: null }, fetchedAt: { lt: since } };
  return { OR: [{ fetchedAt: null }, { fetchedAt: { lt: since } }] };
}

/** The products of a scope; `categoryPath` is the category's, for one. */
export function ofScope(scope: FetchScope, categoryPath?: string): Prisma.ProductImageWhereInput {
  if (scope.kind === "product") return { productId: scope.id };
  if (scope.kind !== "category") return {};
  const path = categoryPath ?? "";
  return { product: { category: { OR: [{ path }, { path: { startsWith: `${path}/` } }] } } };
}
