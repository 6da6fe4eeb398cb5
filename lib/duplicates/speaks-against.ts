import "server-only";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { Evidence } from "./evidence";
import { pairs } from "./group-products";

/** Finds what speaks against products being one, from their codes: one query for all that are asked of. */
export async function readAgainst(ids: string[]): Promise<(group: string[]) => Evidence[]> {
  const codes = await inParts(ids, (part) =>
    db.productCode.findMany({
      where: { productId: { in: part }, gtin14: { not: null } },
      select: { productId: true, gtin14: true },
    }),
  );
  const gtinsOf = new Map<string, Set<string>>();
  for (const { productId, gtin14 } of codes) {
    const known = gtinsOf.get(productId) ?? new Set();
    if (gtin14) gtinsOf.set(productId, known.add(gtin14));
  }
  return (group) => differing(group, gtinsOf);
}

/** Products with a UPC or EAN that share none with any other of the group: where two such are, it is told. */
export function differing(group: string[], gtinsOf: ReadonlyMap<string, ReadonlySet<string>>): Evidence[] {
  const numbered = group.filter((id) => (gtinsOf.get(id)?.size ?? 0) > 0);
  const shared = new Set<string>();
  for (const [a, b] of pairs(numbered)) {
    const theirs = gtinsOf.get(b);
    if ([...(gtinsOf.get(a) ?? [])].some((gtin) => theirs?.has(gtin))) shared.add(a).add(b);
  }
  const productIds = numbered.filter((id) => !shared.has(id)).sort();
  return productIds.length > 1 ? [{ kind: "differ", value: "gtin", productIds }] : [];
}
