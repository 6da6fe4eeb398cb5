import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";

/** A product that was deleted for good, for whoever comes to its page by an old link. */
export interface DeletedProduct {
  sku: string;
  name: string;
  run: number;
  /** Who planned it and who confirmed it: a name, or "the system". */
  plannedBy: string;
  confirmedBy: string;
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
      answeredById: true,
      appliedAt: true,
      run: { select: { number: true, userId: true } },
    },
  });
  if (!change) return null;
  const { label: sku, name, answeredById, run } = change;
  const names = await personNames(
    db,
    [run.userId, answeredById].filter((person) => person !== null),
  );
  const nameOf = (person: string | null) => (person === null ? "the system" : (names.get(person) ?? SOMEBODY_GONE));
  const people = { plannedBy: nameOf(run.userId), confirmedBy: nameOf(answeredById) };
  return { sku, name, run: run.number, ...people, at: change.appliedAt ?? change.createdAt };
}
