import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan, SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { definitionInput } from "./delete-definition";

const ENTITY = "MetafieldDefinition";
const DELETED = "definition.delete";

/** A definition as its deletion noted it. */
const deleted = z.object({
  namespace: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string(),
  description: z.string(),
  validations: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
  pinnedPosition: z.number().nullable(),
  externalKey: z.string().nullable(),
  isRequired: z.boolean(),
  version: z.number(),
  templates: z.array(z.object({ categoryId: z.string(), isRequired: z.boolean(), position: z.number() })),
});
type Deleted = z.output<typeof deleted>;

/**
 * Makes a deleted definition again, as it was, in the templates that asked for it.
 * @throws {AppError} `not_found` where none of this id was deleted; `conflict` when another has its name by now
 */
export async function restoreDefinition(actor: Actor, { id }: z.output<typeof definitionInput>) {
  assertCan(actor, "catalog:write");
  await transaction(async (tx) => {
    const entry = await tx.auditEntry.findFirst({
      where: { entity: ENTITY, entityId: id, action: DELETED },
      orderBy: { id: "desc" },
    });
    if (!entry) throw new AppError("not_found", "No such metafield definition was deleted.");
    const facts = deleted.parse(entry.before);
    if (!(await make(tx, actor, id, facts))) {
      throw new AppError("conflict", `${facts.namespace}.${facts.key} exists again already.`);
    }
  });
}

/**
 * Makes again what was deleted and has values by now: an undo, or a run that had waited, brought them back. Called when
 * a run has been applied; with nothing deleted it costs one read of the trail.
 */
export async function reviveDefinitions() {
  const entries = await db.auditEntry.findMany({
    where: { entity: ENTITY, action: DELETED },
    orderBy: { id: "desc" },
    select: { entityId: true, before: true },
    distinct: ["entityId"],
  });
  const gone = entries.map(({ entityId, before }) => ({ id: entityId, facts: deleted.parse(before) }));
  for (const { id, facts } of gone) {
    const { namespace, key } = facts;
    if (await db.metafieldDefinition.findFirst({ where: { OR: [{ id }, { namespace, key }] }, select: { id: true } }))
      continue;
    const value = await db.productMetafield.findFirst({ where: { namespace, key }, select: { id: true } });
    if (value) await transaction((tx) => make(tx, SYSTEM, id, facts));
  }
}

/** Whether it was made: not while one of its name is there. */
async function make(tx: Tx, actor: Actor, id: string, { templates, version, ...facts }: Deleted): Promise<boolean> {
  const now = new Date();
  const isTaken =
    facts.externalKey !== null &&
    (await tx.metafieldDefinition.count({ where: { externalKey: facts.externalKey } })) > 0;
  const row = { ...facts, externalKey: isTaken ? null : facts.externalKey, id, createdAt: now, updatedAt: now };
  await insertRows(tx, ENTITY, [{ ...row, version: version + 1 }], { onConflict: "nothing" });
  const made = await tx.metafieldDefinition.findUnique({ where: { id }, select: { createdAt: true } });
  if (made?.createdAt.getTime() !== now.getTime()) return false;
  const there = await tx.category.findMany({
    where: { id: { in: templates.map(({ categoryId }) => categoryId) } },
    select: { id: true },
  });
  const isThere = new Set(there.map((category) => category.id));
  const asked = templates.filter(({ categoryId }) => isThere.has(categoryId));
  await insertRows(
    tx,
    "CategoryTemplateEntry",
    asked.map((entry) => ({ ...entry, definitionId: id })),
    { onConflict: "nothing" },
  );
  await raiseCatalogueVersion(tx, "categories");
  await recordAudit(
    tx,
    actor,
    "definition.restore",
    { entity: ENTITY, entityId: id },
    { after: { ...facts, validations: facts.validations } },
  );
  return true;
}
