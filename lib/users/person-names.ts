import "server-only";
import type { Reader } from "@/lib/db/client";

/** Who has no name any more. */
export const SOMEBODY_GONE = "somebody since removed";

/** What people are called on the screens, by id; an id without a name is of SOMEBODY_GONE. */
export async function personNames(on: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const users = await on.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  return new Map(users.map((user) => [user.id, `${user.firstName} ${user.lastName}`.trim() || user.email]));
}
