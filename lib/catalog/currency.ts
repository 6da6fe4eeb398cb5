import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** The shop's currency: all money in the catalogue is in it. */
export async function getCurrency(actor: Actor): Promise<string> {
  assertCan(actor, "catalog:read");
  const setting = await db.configuration.findUnique({ where: { key: "currency" }, select: { value: true } });
  return setting?.value ?? "EUR";
}
