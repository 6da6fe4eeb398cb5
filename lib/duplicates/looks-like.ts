import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { evidence, evidenceWords, speaksFor } from "./evidence";

/** Groups and products shown on a product's page. */
const SHOWN = 5;

export interface LooksLike {
  product: { id: string; sku: string; name: string };
  /** What the two share, in words. */
  words: string[];
}

/** Products that this one may be the same as, by the last search for duplicates; what was dismissed is left out. */
export async function listLooksLike(actor: Actor, productId: string): Promise<LooksLike[]> {
  assertCan(actor, "catalog:read");
  const groups = await db.duplicateGroup.findMany({
    where: { state: "open", members: { some: { productId } } },
    select: {
      evidence: true,
      members: { select: { product: { select: { id: true, sku: true, name: true, status: true } } }, take: 50 },
    },
    orderBy: [{ score: "desc" }, { id: "asc" }],
    take: SHOWN,
  });
  const found = new Map<string, LooksLike>();
  for (const group of groups) {
    const said = evidence
      .array()
      .parse(group.evidence)
      .filter(({ productIds }) => productIds.includes(productId));
    for (const { product } of group.members) {
      const { status, ...other } = product;
      if (product.id === productId || status === "archived") continue;
      const shared = said.filter(({ productIds }) => productIds.includes(product.id));
      const words = shared.some(speaksFor) ? shared.map(evidenceWords) : [];
      // Linked by a third alone: the report shows how.
      if (words.length > 0) found.set(product.id, { product: other, words: [...new Set(words)] });
    }
  }
  return [...found.values()].slice(0, SHOWN);
}
