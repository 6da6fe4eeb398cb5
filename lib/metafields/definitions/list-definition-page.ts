import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { countUses } from "@/lib/db/definitions";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { rulesOf } from "../types";

const fields = {
  id: true,
  namespace: true,
  key: true,
  name: true,
  type: true,
  description: true,
  validations: true,
  isRequired: true,
  pinnedPosition: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  _count: { select: { templates: true } },
} satisfies Prisma.MetafieldDefinitionSelect;
type Row = Prisma.MetafieldDefinitionGetPayload<{ select: typeof fields }>;

interface Asked {
  q?: string;
  namespace?: string;
  type?: string;
  /** The definition that the page before ended with. */
  after?: { namespace: string; key: string };
  skip: number;
  take: number;
}

/** Definitions by namespace and key with all they say, and how many there are. */
export async function listDefinitionPage(actor: Actor, { q, namespace, type, after, skip, take }: Asked) {
  assertCan(actor, "catalog:read");
  const filters: Prisma.MetafieldDefinitionWhereInput[] = [];
  if (q) filters.push({ OR: [{ name: contains(q) }, { key: contains(q) }, { namespace: contains(q) }] });
  if (namespace !== undefined) filters.push({ namespace });
  if (type) filters.push({ type });
  const beyond = after
    ? [{ OR: [{ namespace: { gt: after.namespace } }, { namespace: after.namespace, key: { gt: after.key } }] }]
    : [];
  const [rows, total] = await Promise.all([
    db.metafieldDefinition.findMany({
      where: { AND: [...filters, ...beyond] },
      select: fields,
      orderBy: [{ namespace: "asc" }, { key: "asc" }],
      skip,
      take,
    }),
    db.metafieldDefinition.count({ where: { AND: filters } }),
  ]);
  const uses = await countUses(rows.map(({ id }) => id));
  return { rows: rows.map((row) => withUses(row, uses)), total };
}

/** @throws {AppError} `not_found` */
export async function getDefinitionRecord(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const row = await db.metafieldDefinition.findUnique({ where: { id }, select: fields });
  if (!row) throw new AppError("not_found", "There is no such metafield definition.");
  return withUses(row, await countUses([id]));
}
export type DefinitionRecord = Awaited<ReturnType<typeof getDefinitionRecord>>;

function withUses({ _count, validations, ...row }: Row, uses: Map<string, number>) {
  const rules = Object.entries(rulesOf(validations)).map(([name, value = ""]) => ({ name, value }));
  return { ...row, validations: rules, templates: _count.templates, uses: uses.get(row.id) ?? 0 };
}
