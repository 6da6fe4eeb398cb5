import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** The business's time zone: where "today" and "this month" begin. UTC until somebody sets it. */
export async function getTimeZone(actor: Actor): Promise<string> {
  assertCan(actor, "catalog:read");
  const setting = await db.configuration.findUnique({ where: { key: "time_zone" }, select: { value: true } });
  return setting && isTimeZone(setting.value) ? setting.value : "UTC";
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    // A RangeError is how Intl says that it knows no such zone.
    return false;
  }
}
