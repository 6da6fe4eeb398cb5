import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Who started runs, for the filter: by name. */
export async function listRunStarters(actor: Actor): Promise<{ id: string; name: string }[]> {
  assertCan(actor, "sync:read");
  const groups = await db.syncHistory.groupBy({ by: ["userId"], where: { userId: { not: null } } });
  const users = await db.user.findMany({
    where: { id: { in: groups.flatMap((group) => group.userId ?? []) } },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  return users
    .map(({ id, firstName, lastName, email }) => ({ id, name: `${firstName} ${lastName}`.trim() || email }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
