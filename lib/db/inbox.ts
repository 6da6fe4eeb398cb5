import "server-only";
import { db, engine, type Reader, type Tx } from "./client";
import { queryRows } from "./raw";

/** Which open changes are asked for; all of them without a filter. */
export interface OpenFilter {
  kinds: readonly OpenChangeKind[];
  sourceId?: string;
  /** A person's id, or `nobody`. */
  assignee?: string;
  /** Part of a label, name, key or reason; case of ASCII letters does not matter. */
  q?: string;
}

export type OpenChangeKind = "match" | "conflict" | "missing";

export interface OpenChange {
  id: number;
  kind: string;
  openSince: Date | number | string;
  label: string;
  name: string;
  externalKey: string;
  entityId: string | null;
  reason: string | null;
  run: number;
  source: string;
  sourceId: string | null;
}

export interface OpenRejection {
  id: number;
  createdAt: Date | number | string;
  file: string;
  line: number;
  column: string | null;
  code: string;
  reason: string;
  externalKey: string | null;
  run: number;
  source: string;
  sourceId: string | null;
}

/**
 * A newer run of the source waits for review: what it says of these rows is asked there. Asked of every open row: of all
 * newer runs it would read the whole history each time.
 */
function newerInReview() {
  return `EXISTS (SELECT 1 FROM ${by("SyncHistory", "n", "SyncHistory_in_review")} WHERE n."feedSourceId" = r."feedSourceId"
    AND n."number" > r."number" AND n."status" = 'review' AND n."isDryRun" = false AND n."heldReason" IS NULL)`;
}
/** A run whose rows may be trusted: it ended well, or waits with nothing against it. */
const TRUSTED = `r."isDryRun" = false AND (r."status" IN ('success', 'partial') OR (r."status" = 'review' AND r."heldReason" IS NULL))`;

const IS_OPEN: Record<OpenChangeKind, () => string> = {
  match: () =>
    `c."kind" IN ('ambiguous', 'unmatched') AND c."state" = 'staged' AND ${TRUSTED} AND NOT ${newerInReview()}`,
  missing: () => `c."kind" = 'missing' AND c."state" = 'applied'
    AND EXISTS (SELECT 1 FROM "Product" p WHERE p."id" = c."entityId" AND p."status" <> 'archived')`,
  // Named, not left over: an index finds what is named.
  conflict: () =>
    `c."kind" IN ('new', 'changed', 'moved', 'returned', 'conflict', 'removed') AND c."state" = 'applied'`,
};

/** A table read by that index: SQLite, which has no statistics, is told; PostgreSQL finds it. */
function by(table: string, alias: string, index: string) {
  return engine() === "sqlite" ? `"${table}" ${alias} INDEXED BY "${index}"` : `"${table}" ${alias}`;
}

/** Open changes of these kinds; one kind's alone stand together. */
function changesOf({ kinds }: OpenFilter) {
  return `${by("SyncChange", "c", kinds.length === 1 ? "SyncChange_open_kind" : "SyncChange_open")}
    JOIN "SyncHistory" r ON r."id" = c."runId"`;
}

/** Open changes by how long they have waited, from behind `after`. */
export async function listOpenChanges(
  filter: OpenFilter,
  { after, limit }: { after?: { since: number; id: number }; limit: number },
  on: Reader = db,
): Promise<OpenChange[]> {
  if (filter.kinds.length === 0) return [];
  const { sql, parameters } = changeCondition(filter);
  const since = after && new Date(after.since);
  const bound = since ? ` AND (c."openSince" > ? OR (c."openSince" = ? AND c."id" > ?))` : "";
  return queryRows<OpenChange>(
    on,
    `SELECT c."id", c."kind", c."openSince", c."label", c."name", c."externalKey", c."entityId", c."reason",
       r."number" AS "run", r."source", r."feedSourceId" AS "sourceId"
     FROM ${changesOf(filter)}
     WHERE c."openSince" IS NOT NULL AND ${sql}${bound} ORDER BY c."openSince", c."id" LIMIT ?`,
    ...parameters,
    ...(after && since ? [since, since, after.id] : []),
    limit,
  );
}

/** Refused rows that nobody has dealt with, in the order they were refused, from behind `after`. */
export async function listOpenRejections(
  filter: Omit<OpenFilter, "kinds">,
  { after, limit }: { after?: number; limit: number },
): Promise<OpenRejection[]> {
  const { sql, parameters } = rejectionCondition(filter);
  return queryRows<OpenRejection>(
    db,
    `SELECT j."id", j."createdAt", j."file", j."line", j."column", j."code", j."reason", j."externalKey",
       r."number" AS "run", r."source", r."feedSourceId" AS "sourceId"
     FROM "SyncRejection" j JOIN "SyncHistory" r ON r."id" = j."runId"
     WHERE ${sql} AND j."id" > ? ORDER BY j."id" LIMIT ?`,
    ...parameters,
    after ?? 0,
    limit,
  );
}

/** How many changes are open; counting stops at `cap`. */
export async function countOpenChanges(filter: OpenFilter, cap: number): Promise<number> {
  if (filter.kinds.length === 0) return 0;
  const { sql, parameters } = changeCondition(filter);
  return count(
    `SELECT 1 AS "one" FROM ${changesOf(filter)}
     WHERE c."openSince" IS NOT NULL AND ${sql} LIMIT ${cap}`,
    parameters,
  );
}

/** How many refused rows are open; counting stops at `cap`. */
export async function countOpenRejections(filter: Omit<OpenFilter, "kinds">, cap: number): Promise<number> {
  const { sql, parameters } = rejectionCondition(filter);
  return count(
    `SELECT 1 AS "one" FROM "SyncRejection" j JOIN "SyncHistory" r ON r."id" = j."runId" WHERE ${sql} LIMIT ${cap}`,
    parameters,
  );
}

async function count(sql: string, parameters: string[]) {
  const [row] = await queryRows<{ n: number }>(db, `SELECT count(*) AS "n" FROM (${sql}) AS "found"`, ...parameters);
  return Number(row?.n ?? 0);
}

function changeCondition({ kinds, ...filter }: OpenFilter) {
  const open = kinds.map((kind) => `(${IS_OPEN[kind]()})`).join(" OR ");
  return narrowed(`(${open})`, filter, {
    subject: `'change:' || c."id"`,
    columns: ["label", "name", "externalKey", "reason"],
    of: "c",
  });
}

function rejectionCondition(filter: Omit<OpenFilter, "kinds">) {
  const open = `j."severity" = 'error' AND j."handledByRunId" IS NULL AND j."dismissedAt" IS NULL
    AND ${TRUSTED} AND NOT ${newerInReview()}`;
  return narrowed(open, filter, {
    subject: `'rejection:' || j."id"`,
    columns: ["externalKey", "reason", "file"],
    of: "j",
  });
}

function narrowed(
  open: string,
  { sourceId, assignee, q }: Omit<OpenFilter, "kinds">,
  row: { subject: string; columns: string[]; of: string },
) {
  const parts = [open];
  const parameters: string[] = [];
  if (sourceId) {
    parts.push(`r."feedSourceId" = ?`);
    parameters.push(sourceId);
  }
  if (assignee) {
    const isNobody = assignee === "nobody";
    const who = isNobody ? "" : ` AND a."assigneeId" = ?`;
    parts.push(
      `${isNobody ? "NOT " : ""}EXISTS (SELECT 1 FROM "InboxAssignment" a WHERE a."subject" = ${row.subject}${who})`,
    );
    if (!isNobody) parameters.push(assignee);
  }
  if (q) {
    const lowered = (column: string) =>
      engine() === "sqlite" ? `lower(${row.of}."${column}")` : `lower(${row.of}."${column}" COLLATE "C")`;
    parts.push(`(${row.columns.map((column) => `${lowered(column)} LIKE ? ESCAPE '!'`).join(" OR ")})`);
    const pattern = `%${q.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replace(/[!%_]/g, "!$&")}%`;
    parameters.push(...row.columns.map(() => pattern));
  }
  return { sql: parts.join(" AND "), parameters };
}

/**
 * Answers changes that are still open, in one statement: of two people at once each row is answered by one.
 * `state` is the state they are in from then on; without it, the one they have.
 * @returns the ids answered
 */
export async function takeOpenChanges(
  tx: Tx,
  ids: readonly number[],
  { answer, userId, state, only }: { answer: string; userId: string | null; state?: "skipped"; only: OpenChangeKind },
): Promise<number[]> {
  if (ids.length === 0) return [];
  const kinds = KINDS_OF[only];
  const rows = await queryRows<{ id: number }>(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answeredById" = ?, "answer" = ?${state ? `, "state" = '${state}'` : ""}
     WHERE "openSince" IS NOT NULL AND ${kinds} AND "id" IN (${ids.map(() => "?").join(", ")}) RETURNING "id"`,
    new Date(),
    userId,
    answer,
    ...ids,
  );
  return rows.map((row) => row.id);
}

const KINDS_OF: Record<OpenChangeKind, string> = {
  match: `"kind" IN ('ambiguous', 'unmatched') AND "state" = 'staged'`,
  missing: `"kind" = 'missing'`,
  conflict: `"kind" NOT IN ('ambiguous', 'unmatched', 'missing')`,
};
