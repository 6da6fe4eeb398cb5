import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";

/** A product that was deleted for good, for whoever comes to its page by an old link. */
export interface DeletedProduct {
  sku: string;
  name: string;
  run: number;
  /** Who planned it: a name, or "the system". */
  by: string;
  at: Date;
}

/** Null for what was no product, or is one. */
export async function getDeletedProduct(actor: Actor, id: string): Promise<DeletedProduct | null> {
  assertCan(actor, "catalog:read");
  const change = await db.syncChange.findFirst({
    where: { entityId: id, entity: "product", action: "delete", state: "applied", run: { syncType: "purge" } },
    orderBy: { id: "desc" },
    select: {
      label: true,
      name: true,
      createdAt: true,
      appliedAt: true,
      run: { select: { number: true, userId: true } },
    },
  });
  if (!change) return null;
  const { number, userId } = change.run;
  const by = userId === null ? "the system" : ((await personNames(db, [userId])).get(userId) ?? SOMEBODY_GONE);
  return { sku: change.label, name: change.name, run: number, by, at: change.appliedAt ?? change.createdAt };
}
