import "server-only";
import { type Actor, actorUserId, assertCan, can } from "@/lib/auth/actor";
import { productSkus } from "@/lib/catalog/product-skus";
import { peopleById } from "@/lib/catalog/source-words";
import { db } from "@/lib/db/client";
import {
  listEntries,
  listRunEntries,
  NOT_TOLD,
  newestFirst,
  TIMELINE_PAGE,
  type TimelineEntry,
} from "@/lib/sync/history/timeline";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { ACTIVITY_KINDS, type ActivitySearch } from "./activity-search";

const DAY_MS = 86_400_000;

/** Who did what, newest first: people's edits, answers and settings, and what runs brought. */
export async function listActivity(actor: Actor, search: ActivitySearch) {
  assertCan(actor, "catalog:read");
  const showsRuns = search.kind === undefined || search.kind === "runs";
  const [runs, entries] = await Promise.all([
    showsRuns ? listRunEntries(search.before, runWhere(search)) : [],
    search.kind === "runs" ? [] : listEntries(search.before, { AND: [entryWhere(search), mayBeTold(actor)] }),
  ]);
  const all = [...entries, ...runs].sort(newestFirst);
  const rows = all.slice(0, TIMELINE_PAGE);
  const last = rows.at(-1);
  const older =
    all.length > TIMELINE_PAGE && last ? `${last.at.getTime()}_${last.what === "run" ? "r" : "a"}_${last.id}` : null;
  return { rows: await withNames(rows), older };
}

function runWhere({ who, day, id }: ActivitySearch): Prisma.SyncHistoryWhereInput {
  return {
    ...(who === undefined ? {} : { userId: who === "system" ? null : who }),
    ...(day === undefined ? {} : { createdAt: within(day) }),
    ...(id === undefined ? {} : { changes: { some: { entityId: id, state: { in: ["applied", "reverted"] } } } }),
  };
}

function entryWhere({ kind, who, day, entity, id }: ActivitySearch): Prisma.AuditEntryWhereInput {
  const prefixes: readonly string[] = kind ? ACTIVITY_KINDS[kind].prefixes : [];
  return {
    // Who comes and goes would drown what they did.
    action: { notIn: kind === "people" ? NOT_TOLD : [...NOT_TOLD, "user.sign-in", "token.issue"] },
    ...(prefixes.length > 0 ? { OR: prefixes.map((prefix) => ({ action: { startsWith: prefix } })) } : {}),
    ...(who === undefined ? {} : { userId: who === "system" ? null : who }),
    ...(day === undefined ? {} : { createdAt: within(day) }),
    ...(entity && id ? { entity, entityId: id } : {}),
  };
}

/** Who signs in from where is the admins' to know. */
function mayBeTold(actor: Actor): Prisma.AuditEntryWhereInput {
  if (can(actor, "user:manage")) return {};
  const prefixes = ACTIVITY_KINDS.people.prefixes.map((prefix) => ({ action: { startsWith: prefix } }));
  const userId = actorUserId(actor);
  return { OR: [{ NOT: { OR: prefixes } }, ...(userId ? [{ userId }] : [])] };
}

function within(day: string) {
  const gte = new Date(`${day}T00:00:00Z`);
  return { gte, lt: new Date(gte.getTime() + DAY_MS) };
}

/** People by their names: the audit trail has what they signed in with. */
async function withNames(rows: TimelineEntry[]): Promise<TimelineEntry[]> {
  const ids = rows.flatMap((row) => (row.what === "doing" ? row.id : []));
  const entries = await db.auditEntry.findMany({ where: { id: { in: ids } }, select: { id: true, userId: true } });
  const userOf = new Map(entries.map(({ id, userId }) => [id, userId]));
  const people = await peopleById(entries.flatMap(({ userId }) => userId ?? []));
  return rows.map((row) =>
    row.what === "doing" ? { ...row, who: people.get(userOf.get(row.id) ?? "") ?? row.who } : row,
  );
}

/** What one product or category is called, for the head of its activity; null when it is gone. */
export async function activitySubject(
  actor: Actor,
  { entity, id }: Pick<ActivitySearch, "entity" | "id">,
): Promise<{ words: string; href: string } | null> {
  assertCan(actor, "catalog:read");
  if (!entity || !id) return null;
  if (entity === "product") {
    const sku = (await productSkus([id])).get(id);
    return sku === undefined ? null : { words: sku, href: `/products/${id}` };
  }
  const category = await db.category.findUnique({ where: { id }, select: { name: true, path: true } });
  return category && { words: category.name, href: `/catalog/${category.path}` };
}

/** Everybody the audit trail can name, for the filter. */
export async function listActors(actor: Actor): Promise<{ id: string; name: string }[]> {
  assertCan(actor, "catalog:read");
  const users = await db.user.findMany({ select: { id: true }, take: 500 });
  const people = await peopleById(users.map(({ id }) => id));
  return [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}
