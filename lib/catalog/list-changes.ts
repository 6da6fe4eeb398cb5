import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { changeFields, changeLines } from "@/lib/sync/change";
import { isPersonRun } from "@/lib/sync/run-triggers";
import { personNames } from "@/lib/users/person-names";
import type { AuditEntry } from "@/prisma/generated/sqlite/client";
import { productSkus } from "./product-skus";
import { peopleById } from "./source-words";

/** A place in the log: the last entry read, and of a feed's batch the last change. */
export interface LogPlace {
  entry: number;
  /** 0: the whole entry. */
  change: number;
}

export interface LoggedLine {
  at: Date;
  how: "feed" | "undo" | "person";
  /** A person's name, or the feed's. */
  who: string;
  /** The run's number, for feeds, undos and what a person did to many things; null for a single edit. */
  run: number | null;
  productId: string;
  /** Null when the product is gone. */
  sku: string | null;
  field: string;
  before: string | number | boolean | null;
  after: string | number | boolean | null;
}

export interface LoggedChanges {
  lines: LoggedLine[];
  /** Where the next reading begins. */
  place: LogPlace;
  /** More can be read at once. */
  hasMore: boolean;
  /** Runs on the way whose changes were dropped by retention: what they changed can't be told. */
  prunedRuns: number[];
}

/** Entries looked at together. */
const ENTRIES = 500;
/** Changes of a batch read together. */
const CHANGES = 200;
/**
 * How long an entry may still be under way, in milliseconds: the longest transaction and a margin. Numbers are given
 * when an entry is written and seen when it is committed, so a missing one may still come.
 */
const UNSETTLED_MS = 310_000;

const batch = z.object({ firstChangeId: z.number(), lastChangeId: z.number(), appliedAt: z.string().optional() });

/**
 * What changed in the catalogue, in the order it was committed: feeds' applied changes, undos and people's edits, a
 * line per field. Nothing is left out or told twice however often and when it is asked. Ends behind the change that
 * reaches `limit` lines.
 */
export async function listChanges(actor: Actor, from: LogPlace | Date, limit: number): Promise<LoggedChanges> {
  assertCan(actor, "catalog:read");
  const reader = new LogReader(from instanceof Date ? await placeAt(from) : from, limit);
  return reader.read();
}

/** Before the first entry written at or after `at`. */
async function placeAt(at: Date): Promise<LogPlace> {
  const { _min } = await db.auditEntry.aggregate({ where: { createdAt: { gte: at } }, _min: { id: true } });
  if (_min.id !== null) return { entry: _min.id - 1, change: 0 };
  const { _max } = await db.auditEntry.aggregate({ _max: { id: true } });
  return { entry: _max.id ?? 0, change: 0 };
}

class LogReader {
  readonly #lines: LoggedLine[] = [];
  readonly #prunedRuns = new Set<number>();

  readonly #names = new Map<string, string>();

  constructor(
    private place: LogPlace,
    private readonly limit: number,
  ) {}

  async read(): Promise<LoggedChanges> {
    for (;;) {
      const entries = await this.#entries();
      const settled = settledEntries(entries, this.place);
      const [skus, people] = await Promise.all([skusOf(settled), namesOf(settled)]);
      for (const entry of settled) {
        if (!(await this.#take(entry, skus, people))) return this.#page(true);
      }
      if (settled.length < entries.length) return this.#page(false);
      if (entries.length < ENTRIES) return this.#page(false);
    }
  }

  async #nameOf(userId: string | null) {
    if (userId === null) return "the system";
    const name = this.#names.get(userId) ?? (await personNames(db, [userId])).get(userId) ?? "somebody since removed";
    this.#names.set(userId, name);
    return name;
  }

  #page(hasMore: boolean): LoggedChanges {
    return { lines: this.#lines, place: this.place, hasMore, prunedRuns: [...this.#prunedRuns] };
  }

  #entries() {
    const { entry, change } = this.place;
    return db.auditEntry.findMany({
      where: { id: change > 0 ? { gte: entry } : { gt: entry } },
      orderBy: { id: "asc" },
      take: ENTRIES,
    });
  }

  /** False when the page is full; the place is where the next one begins. */
  async #take(entry: AuditEntry, skus: Map<string, string>, people: Map<string, string>) {
    const isBatch = entry.action === "sync.apply" || entry.action === "sync.undo";
    if (isBatch && !(await this.#takeBatch(entry))) return false;
    if (entry.entity === "product") this.#lines.push(...editLines(entry, skus, people));
    this.place = { entry: entry.id, change: 0 };
    return this.#lines.length < this.limit;
  }

  async #takeBatch(entry: AuditEntry) {
    const said = batch.safeParse(entry.after);
    if (!said.success) return true;
    const run = await db.syncHistory.findUnique({
      where: { id: entry.entityId },
      select: { number: true, source: true, prunedAt: true, syncType: true, userId: true },
    });
    if (run?.prunedAt) this.#prunedRuns.add(run.number);
    if (!run) return true;
    const how = entry.action === "sync.undo" ? "undo" : isPersonRun(run.syncType) ? "person" : "feed";
    const who = how === "feed" ? run.source : await this.#nameOf(run.userId);
    let after = this.place.entry === entry.id ? this.place.change : 0;
    for (;;) {
      const changes = await listBatch(entry.entityId, said.data, after);
      for (const change of changes) {
        const { entityId, appliedAt, label } = change;
        const facts = { at: appliedAt ?? entry.createdAt, how, who, run: run.number } as const;
        for (const { field, before, after: now } of writtenLines(change.detail?.fields)) {
          this.#lines.push({ ...facts, productId: entityId ?? "", sku: label, field, before, after: now });
        }
        after = change.id;
        this.place = { entry: entry.id, change: change.id };
        if (this.#lines.length >= this.limit) return false;
      }
      if (changes.length < CHANGES) return true;
    }
  }
}

/** Those before the first number that is missing and may still come. */
function settledEntries(entries: AuditEntry[], { entry, change }: LogPlace): AuditEntry[] {
  let expected = change > 0 ? entry : entry + 1;
  const now = Date.now();
  for (const [at, { id, createdAt }] of entries.entries()) {
    if (id !== expected && now - createdAt.getTime() < UNSETTLED_MS) return entries.slice(0, at);
    expected = id + 1;
  }
  return entries;
}

function listBatch(runId: string, { firstChangeId, lastChangeId, appliedAt }: z.output<typeof batch>, after: number) {
  return db.syncChange.findMany({
    where: {
      runId,
      entity: "product",
      entityId: { not: null },
      state: { in: ["applied", "reverted"] },
      id: { gt: Math.max(after, firstChangeId - 1), lte: lastChangeId },
      ...(appliedAt ? { appliedAt: new Date(appliedAt) } : {}),
    },
    select: { id: true, entityId: true, label: true, appliedAt: true, detail: { select: { fields: true } } },
    orderBy: { id: "asc" },
    take: CHANGES,
  });
}

/** Lines that changed the product: what is shown beside a kept value, or flags an absence, did not. */
export function writtenLines(fields: unknown) {
  const lines = changeLines(changeFields.parse(fields ?? {}));
  return lines.filter((line) => !line.kept && line.field !== "missing" && line.field !== "source");
}

const values = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .nullable()
  .catch(null);

/** What an audit entry says of a product: each field before and after. */
export function editedValues(entry: Pick<AuditEntry, "before" | "after">) {
  const was = values.parse(entry.before) ?? {};
  const is = values.parse(entry.after) ?? {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((field) => ({
    field,
    before: was[field] ?? null,
    after: is[field] ?? null,
  }));
}

function editLines(entry: AuditEntry, skus: Map<string, string>, people: Map<string, string>): LoggedLine[] {
  const who = (entry.userId && people.get(entry.userId)) || entry.actorName;
  const facts = { at: entry.createdAt, how: "person" as const, who, run: null, productId: entry.entityId };
  return editedValues(entry).map((line) => ({ ...facts, sku: skus.get(entry.entityId) ?? null, ...line }));
}

function skusOf(entries: AuditEntry[]) {
  return productSkus([...new Set(entries.flatMap((entry) => (entry.entity === "product" ? entry.entityId : [])))]);
}

function namesOf(entries: AuditEntry[]) {
  return peopleById(entries.flatMap((entry) => (entry.entity === "product" && entry.userId ? entry.userId : [])));
}
