import "server-only";
import { engine, type Reader, type Tx } from "./client";
import { execute, queryRows, toTime } from "./raw";
import { asEnum, type ChangeFilter, condition } from "./run-changes";

/** Changes of a run: those ticked, or all that a filter finds but some. */
export interface ChangeChoice {
  filter: ChangeFilter;
  ids?: readonly number[];
  except?: readonly number[];
}

interface Answer {
  state: "approved" | "rejected";
  answeredById: string | null;
  at: Date;
  /** In words: `approved`, `rejected: wrong price list`. */
  answer: string;
  /** What the row says of itself from now on; left out it says what it did. */
  reason?: string;
}

/** The id of the last of a run's next changes of one state, from behind `after`; null when there is none. */
export async function nextChanges(
  on: Reader,
  { runId, state }: { runId: string; state: string },
  { after, take }: { after: number; take: number },
): Promise<number | null> {
  const rows = await queryRows<{ last: number | null }>(
    on,
    `SELECT max("id") AS "last" FROM (
       SELECT "id" FROM "SyncChange" WHERE "runId" = ? AND "state" = ${asEnum("SyncChangeState")} AND "id" > ?
       ORDER BY "id" LIMIT ?) AS "next"`,
    runId,
    state,
    after,
    take,
  );
  return rows[0]?.last ?? null;
}

/**
 * Answers the chosen changes that still wait as they were shown at `shownAt`: what returned to review since, or was
 * answered by somebody else, stays as it is. Kinds in `never` are not answered this way.
 * @param pin `within`: only those behind the first id, up to the last
 * @returns how many were answered
 */
export function answerChanges(
  tx: Tx,
  choice: ChangeChoice,
  { state, answeredById, at, answer, reason }: Answer,
  { shownAt, never, within }: { shownAt: Date; never: readonly string[]; within?: { after: number; last: number } },
): Promise<number> {
  const { sql, parameters } = chosen(choice);
  return execute(
    tx,
    `UPDATE "SyncChange" SET "state" = ${asEnum("SyncChangeState")}, "answeredById" = ?, "answeredAt" = ${time()},
       "answer" = ?, "openSince" = NULL${reason === undefined ? "" : `, "reason" = ?`}
     WHERE ${sql} AND "state" = 'staged' AND ${notOf(never)} AND ("answeredAt" IS NULL OR "answeredAt" <= ${time()})
       ${within ? `AND "id" > ? AND "id" <= ?` : ""}`,
    state,
    answeredById,
    toTime(at),
    answer,
    ...(reason === undefined ? [] : [reason]),
    ...parameters,
    ...never,
    toTime(shownAt),
    ...(within ? [within.after, within.last] : []),
  );
}

/** How the chosen changes stand that were answered, or returned to review, since `since`. */
export async function countAnswers(
  on: Reader,
  choice: ChangeChoice,
  since: Date,
): Promise<{ state: string; answeredById: string | null; count: number }[]> {
  const { sql, parameters } = chosen(choice);
  const rows = await queryRows<{ state: string; answeredById: string | null; count: number }>(
    on,
    `SELECT "state", "answeredById", count(*) AS "count" FROM "SyncChange"
     WHERE ${sql} AND "answeredAt" > ${time()} GROUP BY "state", "answeredById"`,
    ...parameters,
    toTime(since),
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** How many of the chosen changes wait for an answer as they were shown at `shownAt`. */
export async function countWaiting(
  on: Reader,
  choice: ChangeChoice,
  { shownAt, never }: { shownAt: Date; never: readonly string[] },
): Promise<number> {
  const { sql, parameters } = chosen(choice);
  const rows = await queryRows<{ count: number }>(
    on,
    `SELECT count(*) AS "count" FROM "SyncChange"
     WHERE ${sql} AND "state" = 'staged' AND ${notOf(never)} AND ("answeredAt" IS NULL OR "answeredAt" <= ${time()})`,
    ...parameters,
    ...never,
    toTime(shownAt),
  );
  return Number(rows[0]?.count ?? 0);
}

function chosen({ filter, ids, except }: ChangeChoice) {
  const { sql, parameters } = condition(filter);
  const parts = [sql];
  if (ids) parts.push(`"id" IN (${idSet()})`);
  if (except && except.length > 0) parts.push(`"id" NOT IN (${idSet()})`);
  const sets = [
    ...(ids ? [JSON.stringify(ids)] : []),
    ...(except && except.length > 0 ? [JSON.stringify(except)] : []),
  ];
  return { sql: parts.join(" AND "), parameters: [...parameters, ...sets] };
}

/** A JSON array parameter as a set of ids. */
function idSet() {
  if (engine() === "sqlite") return "SELECT value FROM json_each(?)";
  return "SELECT value::int FROM jsonb_array_elements_text(?::jsonb)";
}

function notOf(kinds: readonly string[]) {
  if (kinds.length === 0) return "true";
  return `"kind" NOT IN (${kinds.map(() => asEnum("SyncChangeKind")).join(", ")})`;
}

function time() {
  return engine() === "sqlite" ? "?" : "?::timestamp(3)";
}
