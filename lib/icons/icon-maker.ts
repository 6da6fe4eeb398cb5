import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { readIconSettings } from "./icon-settings";

/** What icons can be made by here, without the settings themselves. */
export async function iconMaker(actor: Actor): Promise<{ hasEndpoint: boolean; currency: string }> {
  assertCan(actor, "catalog:read");
  const { endpoint, currency } = await readIconSettings(db);
  return { hasEndpoint: endpoint !== null, currency };
}
