import "server-only";
import { z } from "zod";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { fieldOf } from "@/lib/metafields/plan-metafields";
import { codecOf } from "@/lib/metafields/types";
import { changeFields, changeLines } from "@/lib/sync/change";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { isPersonRun } from "@/lib/sync/run-triggers";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import type { AuditEntry } from "@/prisma/generated/sqlite/client";
import { peopleById } from "./source-words";

/** Where a page of the history ended, in each of the two lists it is merged from. */
export const historyCursor = z.object({ change: z.number().int(), entry: z.number().int() });
export type HistoryCursor = z.output<typeof historyCursor>;

export interface HistoryLine {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
  /** Shown beside a person's value and not applied. */
  kept: boolean;
}

export interface HistoryEvent {
  id: string;
  at: Date;
  /** `Etilize`, `Mira Rossi`, `you` */
  who: string;
  /** The run's number, for feeds and for what a person did to many products. */
  run: number | null;
  /** What a person did to many products, as the run is called; null for feeds and for edits of one product. */
  via: string | null;
  what: "created" | "changed" | "gave back" | "archived" | "deleted" | "restored" | "undone" | "took back";
  /** The number of the run that an undo took back. */
  undoes: number | null;
  lines: HistoryLine[];
}

export const HISTORY_PAGE = 20;

/** What happened to a product, newest first: feeds' applied changes and people's edits. `next` is null at the end. */
export async function listProductHistory(
  actor: Actor,
  productId: string,
  after: HistoryCursor | null = null,
  size = HISTORY_PAGE,
): Promise<{ events: HistoryEvent[]; next: HistoryCursor | null }> {
  assertCan(actor, "catalog:read");
  const [changes, entries] = await Promise.all([
    listChanges(productId, after, size),
    listEntries(productId, after, size),
  ]);
  const undoers = changes.flatMap(({ run }) => (isPersonal(run) && run.userId ? run.userId : []));
  const people = await peopleById([...undoers, ...entries.flatMap((entry) => entry.userId ?? [])]);
  const merged = merge(
    changes.map((change) => ({
      key: change.id,
      from: "change" as const,
      event: fromChange(change, people, actorUserId(actor)),
    })),
    entries.map((entry) => ({
      key: entry.id,
      from: "entry" as const,
      event: fromEntry(entry, people, actorUserId(actor)),
    })),
  );
  const page = merged.slice(0, size);
  const cursor = { change: after?.change ?? Number.MAX_SAFE_INTEGER, entry: after?.entry ?? Number.MAX_SAFE_INTEGER };
  for (const { key, from } of page) cursor[from] = key;
  return { events: await inMetafieldWords(page.map(({ event }) => event)), next: merged.length > size ? cursor : null };
}

type Change = Awaited<ReturnType<typeof listChanges>>[number];

/**
 * What happened to a category, newest first: every change of one is a run's, a person's or a feed's.
 * @param before the last change seen
 */
export async function listCategoryHistory(
  actor: Actor,
  categoryId: string,
  before: number | null = null,
): Promise<{ events: HistoryEvent[]; older: number | null }> {
  assertCan(actor, "catalog:read");
  const place = before === null ? null : { change: before, entry: 0 };
  const changes = await listChanges(categoryId, place, HISTORY_PAGE, "category");
  const people = await peopleById(changes.flatMap(({ run }) => run.userId ?? []));
  const page = changes.slice(0, HISTORY_PAGE);
  return {
    events: page.map((change) => fromChange(change, people, actorUserId(actor))),
    older: changes.length > HISTORY_PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

function listChanges(
  entityId: string,
  after: HistoryCursor | null,
  size: number,
  entity: "product" | "category" = "product",
) {
  return db.syncChange.findMany({
    where: { entityId, entity, state: { in: ["applied", "reverted"] }, ...before(after?.change) },
    select: {
      id: true,
      action: true,
      state: true,
      detail: { select: { fields: true } },
      createdAt: true,
      appliedAt: true,
      run: {
        select: {
          number: true,
          source: true,
          trigger: true,
          syncType: true,
          userId: true,
          undoes: { select: { number: true } },
        },
      },
    },
    orderBy: { id: "desc" },
    take: size + 1,
  });
}

function listEntries(entityId: string, after: HistoryCursor | null, size: number) {
  return db.auditEntry.findMany({
    where: { entity: "product", entityId, ...before(after?.entry) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: size + 1,
  });
}

function before(id: number | undefined) {
  return id === undefined || id === Number.MAX_SAFE_INTEGER ? {} : { id: { lt: id } };
}

interface Item {
  key: number;
  from: "change" | "entry";
  event: HistoryEvent;
}

/** Merges two lists, each already newest first, without changing either's own order: the cursors depend on it. */
function merge(changes: Item[], entries: Item[]): Item[] {
  const merged: Item[] = [];
  let [c, e] = [0, 0];
  for (let change = changes[c], entry = entries[e]; change || entry; change = changes[c], entry = entries[e]) {
    const takeChange = change && (!entry || change.event.at >= entry.event.at);
    const next = takeChange ? changes[c++] : entries[e++];
    if (next) merged.push(next);
  }
  return merged;
}

function fromChange(change: Change, people: Map<string, string>, me: string | null): HistoryEvent {
  const lines = changeLines(changeFields.parse(change.detail?.fields ?? {}));
  return {
    id: `change-${change.id}`,
    at: change.appliedAt ?? change.createdAt,
    who: isPersonal(change.run) ? undoer(change.run, people, me) : change.run.source,
    run: change.run.number,
    via: isPersonRun(change.run.syncType) ? change.run.source : null,
    undoes: change.run.undoes?.number ?? null,
    what:
      change.run.trigger === "undo"
        ? change.action === "create"
          ? "restored"
          : "took back"
        : change.run.syncType === "purge"
          ? "deleted"
          : change.state === "reverted"
            ? "undone"
            : ({ create: "created", update: "changed", delete: "archived" } as const)[change.action],
    lines: lines.map((line) => toLine(line.field, line.before, line.after, line.kept)),
  };
}

/** A person's doing, not a feed's word. */
function isPersonal({ trigger, syncType }: { trigger: string; syncType: string }) {
  return trigger === "undo" || isPersonRun(syncType);
}

function undoer({ userId }: Change["run"], people: Map<string, string>, me: string | null) {
  if (userId === null) return "the system";
  return userId === me ? "you" : (people.get(userId) ?? SOMEBODY_GONE);
}

const WHAT: Record<string, HistoryEvent["what"]> = { "product.release": "gave back", "product.create": "created" };

const auditValues = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .nullable()
  .catch(null);

function fromEntry(entry: AuditEntry, people: Map<string, string>, me: string | null): HistoryEvent {
  const was = auditValues.parse(entry.before) ?? {};
  const is = auditValues.parse(entry.after) ?? {};
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const name = entry.userId ? people.get(entry.userId) : undefined;
  return {
    id: `entry-${entry.id}`,
    at: entry.createdAt,
    who: entry.userId && entry.userId === me ? "you" : (name ?? entry.actorName),
    run: null,
    via: null,
    undoes: null,
    what: WHAT[entry.action] ?? "changed",
    lines: fields.map((field) => toLine(field, was[field] ?? null, is[field] ?? null)),
  };
}

/** Metafields by their definition's name, their values as their type shows them. */
async function inMetafieldWords(events: HistoryEvent[]): Promise<HistoryEvent[]> {
  const named = new Map<string, { namespace: string; key: string }>();
  for (const { field } of events.flatMap((event) => event.lines)) {
    const [, namespace, key] = /^metafield:([^.]+)\.(.+)$/.exec(field) ?? [];
    if (namespace && key) named.set(field, { namespace, key });
  }
  const names = [...named.values()];
  const definitions = await db.metafieldDefinition.findMany({
    where: { namespace: { in: names.map((name) => name.namespace) }, key: { in: names.map((name) => name.key) } },
    select: { namespace: true, key: true, name: true, type: true },
  });
  const byField = new Map(definitions.map((definition) => [fieldOf(definition), definition]));
  const words = (line: HistoryLine): HistoryLine => {
    const definition = byField.get(line.field);
    if (!definition) return line;
    const show = (value: string | null) => (value === null ? null : codecOf(definition.type).display(value));
    return { ...line, label: definition.name, before: show(line.before), after: show(line.after) };
  };
  const tellsSomething = ({ before, after, kept }: HistoryLine) => before !== null || after !== null || kept;
  return events.map((event) => ({ ...event, lines: event.lines.filter(tellsSomething).map(words) }));
}

function toLine(field: string, before: HistoryValue, after: HistoryValue, kept = false): HistoryLine {
  return { field, label: fieldLabel(field), before: fieldValue(field, before), after: fieldValue(field, after), kept };
}
type HistoryValue = string | number | boolean | null;
