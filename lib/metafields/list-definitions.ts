import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

export const definitionSearch = z.object({ q: z.string().trim().max(100) });

const CHOICES = 30;

/** Definitions whose key or name holds the words, pinned ones first: what a new metafield is picked from. */
export async function listDefinitions(actor: Actor, { q }: z.output<typeof definitionSearch>) {
  assertCan(actor, "catalog:read");
  const variants = [...new Set([q, q.toLowerCase(), q.charAt(0).toUpperCase() + q.slice(1)])];
  return db.metafieldDefinition.findMany({
    where: {
      OR: variants.flatMap((text) => [{ name: { contains: text } }, { key: { contains: text.replaceAll(" ", "_") } }]),
    },
    select: { namespace: true, key: true, name: true, type: true, validations: true },
    orderBy: [{ pinnedPosition: { sort: "asc", nulls: "last" } }, { name: "asc" }, { id: "asc" }],
    take: CHOICES,
  });
}
export type DefinitionChoice = Awaited<ReturnType<typeof listDefinitions>>[number];

/** More would weigh more than the page; what isn't among them can still be typed. */
const NAMES = 300;

/** `namespace.key` of definitions, pinned ones first. */
export async function listDefinitionNames(actor: Actor): Promise<string[]> {
  assertCan(actor, "catalog:read");
  const definitions = await db.metafieldDefinition.findMany({
    select: { namespace: true, key: true },
    orderBy: [{ pinnedPosition: { sort: "asc", nulls: "last" } }, { namespace: "asc" }, { key: "asc" }],
    take: NAMES,
  });
  return definitions.map(({ namespace, key }) => `${namespace}.${key}`);
}
