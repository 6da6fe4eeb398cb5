import "server-only";
import { db, engine, type Tx } from "./client";
import { queryReport } from "./query-aside";
import { execute, queryRows, toTime } from "./raw";

/** A change a person still has to answer, or that is on its way into the catalogue: kept whatever its age. */
const OPEN_CHANGE = `(c."state" IN ('staged', 'approved') OR (c."openSince" IS NOT NULL AND c."answeredAt" IS NULL))`;
/** A refused row that nobody mended, took in again or set aside. */
const OPEN_REJECTION = `(r."severity" = 'error' AND r."handledByRunId" IS NULL AND r."dismissedAt" IS NULL)`;
/** Runs that stand still. What a deletion has in its backup is found by its rows: they stay as long as it. */
const ENDED = `h."status" IN ('success', 'partial', 'failed', 'cancelled', 'reverted') AND h."syncType" <> 'purge'`;
/** The run each source's next one is compared with. */
const LAST_GOOD = `(SELECT max(g."number") FROM "SyncHistory" g WHERE g."isDryRun" = ? AND g."status" IN ('success', 'partial')
  AND g."feedSourceId" IS NOT NULL GROUP BY g."feedSourceId")`;

export interface DueRun {
  id: string;
  number: number;
  changeBytes: number;
}

/** Ended runs whose row outcomes are older than `before`, oldest first: not the last good one of a source, none done already. */
export async function listRunsWithOldRows(before: Date, take: number): Promise<DueRun[]> {
  return queryRows<DueRun>(
    db,
    `SELECT h."id", h."number", CAST(h."changeBytes" AS ${engine() === "sqlite" ? "INTEGER" : "double precision"}) AS "changeBytes"
     FROM "SyncHistory" h
     WHERE ${ENDED} AND h."prunedAt" IS NULL AND h."completedAt" < ${time()} AND h."number" NOT IN ${LAST_GOOD}
     ORDER BY h."number" LIMIT ?`,
    toTime(before),
    bool(false),
    take,
  );
}

/**
 * Ended runs older than `before` that nothing needs any more, oldest first: no row waits for a person, no product names
 * them as the run that made it, no other run takes them back.
 */
export async function listRunsToForget(before: Date, take: number): Promise<DueRun[]> {
  return queryRows<DueRun>(
    db,
    `SELECT h."id", h."number", 0 AS "changeBytes" FROM "SyncHistory" h
     WHERE ${ENDED} AND h."prunedAt" IS NOT NULL AND h."completedAt" < ${time()} AND h."number" NOT IN ${LAST_GOOD}
       AND NOT EXISTS (SELECT 1 FROM "SyncChange" c WHERE c."runId" = h."id" AND ${OPEN_CHANGE})
       AND NOT EXISTS (SELECT 1 FROM "SyncRejection" r WHERE r."runId" = h."id" AND ${OPEN_REJECTION})
       AND NOT EXISTS (SELECT 1 FROM "Product" p WHERE p."createdByRunId" = h."id")
       AND NOT EXISTS (SELECT 1 FROM "SyncHistory" u WHERE u."undoesRunId" = h."id")
     ORDER BY h."number" LIMIT ?`,
    toTime(before),
    bool(false),
    take,
  );
}

export interface DueRows {
  changes: number;
  rejections: number;
}

/** What of these runs' rows would go, by run. */
export async function countDueRows(runIds: string[]): Promise<Map<string, DueRows>> {
  const rows = await queryReport<DueRows & { id: string }>(
    `SELECT h."id", (SELECT count(*) FROM "SyncChange" c WHERE c."runId" = h."id" AND NOT ${OPEN_CHANGE}) AS "changes",
       (SELECT count(*) FROM "SyncRejection" r WHERE r."runId" = h."id" AND NOT ${OPEN_REJECTION}) AS "rejections"
     FROM "SyncHistory" h WHERE h."id" IN (${runIds.map(() => "?").join(", ") || "NULL"})`,
    ...runIds,
  );
  return new Map(rows.map(({ id, changes, rejections }) => [id, { changes, rejections }]));
}

/** Deletes up to `take` of a run's settled changes, details included. Gives how many went. */
export function deleteChanges(tx: Tx, runId: string, take: number): Promise<number> {
  return execute(
    tx,
    `DELETE FROM "SyncChange" WHERE "id" IN
       (SELECT c."id" FROM "SyncChange" c WHERE c."runId" = ? AND NOT ${OPEN_CHANGE} ORDER BY c."id" LIMIT ?)`,
    runId,
    take,
  );
}

/** Deletes up to `take` of a run's settled refused rows and remarks. Gives how many went. */
export function deleteRejections(tx: Tx, runId: string, take: number): Promise<number> {
  return execute(
    tx,
    `DELETE FROM "SyncRejection" WHERE "id" IN
       (SELECT r."id" FROM "SyncRejection" r WHERE r."runId" = ? AND NOT ${OPEN_REJECTION} ORDER BY r."id" LIMIT ?)`,
    runId,
    take,
  );
}

function time() {
  return engine() === "sqlite" ? "?" : "?::timestamp";
}

function bool(value: boolean) {
  return engine() === "sqlite" ? Number(value) : value;
}
