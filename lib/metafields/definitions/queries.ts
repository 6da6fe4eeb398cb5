import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { peopleById } from "@/lib/catalog/source-words";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { countUses } from "@/lib/db/definitions";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { rulesOf } from "../types";

const PAGE = 50;

const place = z
  .string()
  .max(600)
  .transform((text) => /^([^.]+)\.(.+)$/.exec(text))
  .catch(null);

export const definitionList = z.object({
  q: z.string().trim().max(100).catch(""),
  type: z.string().max(100).catch(""),
  show: z.enum(["all", "pinned", "required"]).catch("all"),
  /** `namespace.key` of the last one of the page before, or of the first one of the page after. */
  after: place,
  before: place,
});
export type DefinitionList = z.output<typeof definitionList>;

const row = {
  id: true,
  namespace: true,
  key: true,
  name: true,
  type: true,
  isRequired: true,
  pinnedPosition: true,
  _count: { select: { templates: true } },
} satisfies Prisma.MetafieldDefinitionSelect;

/** A page of the registry by namespace and key; pinned ones, when only they are asked for, all at once in their order. */
export async function listRegistry(actor: Actor, { q, type, show, after, before }: DefinitionList) {
  assertCan(actor, "catalog:read");
  const filters: Prisma.MetafieldDefinitionWhereInput[] = [];
  if (q) filters.push({ OR: [{ name: contains(q) }, { key: contains(q) }, { namespace: contains(q) }] });
  if (type) filters.push({ type });
  if (show === "pinned") filters.push({ pinnedPosition: { not: null } });
  if (show === "required") filters.push({ OR: [{ isRequired: true }, { templates: { some: { isRequired: true } } }] });
  const [, namespace = "", key = ""] = after ?? before ?? [];
  const isBackwards = !after && before !== null;
  const beyond = (text: string) => (isBackwards ? { lt: text } : { gt: text });
  const isFurther = after !== null || before !== null;
  const part = isFurther ? [{ OR: [{ namespace: beyond(namespace) }, { namespace, key: beyond(key) }] }] : [];
  const dir = isBackwards ? "desc" : "asc";
  const [found, total] = await Promise.all([
    db.metafieldDefinition.findMany({
      where: { AND: [...filters, ...part] },
      select: row,
      orderBy: [...(show === "pinned" ? [{ pinnedPosition: "asc" as const }] : []), { namespace: dir }, { key: dir }],
      take: show === "pinned" ? 500 : PAGE + 1,
    }),
    db.metafieldDefinition.count({ where: { AND: filters } }),
  ]);
  const page = show === "pinned" ? found : found.slice(0, PAGE);
  const hasMore = found.length > page.length;
  if (isBackwards) page.reverse();
  const uses = await countUses(page.map(({ id }) => id));
  const [first, last] = [page[0], page.at(-1)];
  const [hasPrevious, hasNext] = isBackwards ? [hasMore, true] : [after !== null, hasMore];
  return {
    rows: page.map(({ _count, ...definition }) => ({
      ...definition,
      templates: _count.templates,
      uses: uses.get(definition.id) ?? 0,
    })),
    total,
    previous: hasPrevious && first ? `${first.namespace}.${first.key}` : null,
    next: hasNext && last ? `${last.namespace}.${last.key}` : null,
  };
}
export type RegistryRow = Awaited<ReturnType<typeof listRegistry>>["rows"][number];

/** One definition with where it is asked for and what was done to it; null for an unknown id. */
export async function getDefinition(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const found = await db.metafieldDefinition.findUnique({
    where: { id },
    select: {
      ...row,
      description: true,
      validations: true,
      version: true,
      createdAt: true,
      templates: {
        select: { isRequired: true, category: { select: { id: true, name: true, path: true } } },
        orderBy: { category: { path: "asc" } },
        take: 100,
      },
    },
  });
  if (!found) return null;
  const [uses, history] = await Promise.all([countUses([id]), listHistory(id)]);
  const { _count, validations, ...definition } = found;
  return {
    ...definition,
    rules: rulesOf(validations),
    templateCount: _count.templates,
    uses: uses.get(id) ?? 0,
    history,
  };
}
export type DefinitionView = NonNullable<Awaited<ReturnType<typeof getDefinition>>>;

const told = z
  .object({
    name: z.string(),
    description: z.string(),
    validations: z.array(z.object({ name: z.string(), value: z.string() })),
    isRequired: z.boolean(),
    type: z.string(),
  })
  .partial()
  .nullable()
  .catch(null);

const HISTORY = 20;

/** Of a definition's own trail. */
const DOINGS: Record<string, "made" | "changed" | "deleted" | "restored"> = {
  "definition.create": "made",
  "definition.update": "changed",
  "definition.delete": "deleted",
  "definition.restore": "restored",
};

async function listHistory(entityId: string) {
  const entries = await db.auditEntry.findMany({
    where: { entity: "MetafieldDefinition", entityId, action: { in: Object.keys(DOINGS) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: HISTORY,
  });
  const people = await peopleById(entries.flatMap((entry) => entry.userId ?? []));
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.createdAt,
    who: (entry.userId && people.get(entry.userId)) || entry.actorName,
    doing: DOINGS[entry.action] ?? "changed",
    before: told.parse(entry.before),
    after: told.parse(entry.after),
  }));
}
