import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** The product that this one was merged into; null for one that stands for itself. */
export async function getMergeTarget(actor: Actor, id: string): Promise<{ id: string; sku: string } | null> {
  assertCan(actor, "catalog:read");
  const redirect = await db.productRedirect.findUnique({
    where: { productId: id },
    select: { target: { select: { id: true, sku: true } } },
  });
  if (!redirect) return null;
  const merged = await db.product.findUnique({ where: { id }, select: { status: true } });
  // Somebody has it back in use: then it is a product again.
  return merged && merged.status !== "archived" ? null : redirect.target;
}
