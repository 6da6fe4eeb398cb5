// What a run takes over from its source's earlier ones, and what is theirs again once it is taken back.
// Each takes no more than `limit` rows at once and gives how many it took.
import "server-only";
import { engine, type Tx } from "./client";
import { execute } from "./raw";

interface LaterRun {
  id: string;
  number: number;
  sourceId: string;
}

/** Refused rows of a source's earlier runs: the run read the feed anew, so they are its matter now. */
export async function handOverRejections(tx: Tx, run: LaterRun, limit: number): Promise<number> {
  const open = `t."severity" = 'error' AND t."handledByRunId" IS NULL AND t."dismissedAt" IS NULL AND r."isDryRun" = false`;
  return execute(
    tx,
    `UPDATE "SyncRejection" SET "handledByRunId" = ? WHERE ${ofEarlierRuns("SyncRejection", open, limit)}`,
    run.id,
    run.sourceId,
    run.number,
  );
}

/** As handOverRejections, for rows whose product nobody named: the later run asks anew where it still matters. */
export async function supersedeMatches(
  tx: Tx,
  run: Pick<LaterRun, "number" | "sourceId">,
  limit: number,
): Promise<number> {
  const open = `t."openSince" IS NOT NULL AND t."kind" IN ('ambiguous', 'unmatched') AND t."state" = 'staged'`;
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?, "state" = 'skipped'
     WHERE ${ofEarlierRuns("SyncChange", open, limit)}`,
    new Date(),
    supersededBy(run),
    run.sourceId,
    run.number,
  );
}

/** Unanswered rows of an earlier run in review: the run has read the feed anew and offers what still holds itself. */
export async function supersedeStaged(
  tx: Tx,
  run: { number: number; earlierId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?, "reason" = ?, "state" = 'skipped'
     WHERE "id" IN (SELECT c."id" FROM "SyncChange" c WHERE c."runId" = ? AND c."state" = 'staged' LIMIT ${limit})`,
    new Date(),
    supersededBy(run),
    `Run ${run.number} has read the feed anew since: what still holds is offered there.`,
    run.earlierId,
  );
}

/** Open missing products that a run lists again. */
export async function supersedeReturned(tx: Tx, run: LaterRun, limit: number): Promise<number> {
  const listedAgain = `t."openSince" IS NOT NULL AND t."kind" = 'missing' AND t."entityId" IN (
    SELECT l."entityId" FROM "SyncChange" l WHERE l."runId" = ? AND l."kind" = 'returned' AND l."state" = 'applied')`;
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?
     WHERE ${ofEarlierRuns("SyncChange", listedAgain, limit)}`,
    new Date(),
    cameBackWith(run),
    run.id,
    run.sourceId,
    run.number,
  );
}

/** Questions that a run had taken over from earlier ones, and which are theirs again once it is taken back. */
export async function reopenSuperseded(
  tx: Tx,
  run: Pick<LaterRun, "number" | "sourceId">,
  limit: number,
): Promise<number> {
  const closed = `t."openSince" IS NULL AND t."answeredById" IS NULL AND t."answer" IN (?, ?)
    AND (t."state" = 'applied' OR (t."state" = 'skipped' AND t."kind" IN ('ambiguous', 'unmatched')))
    AND r."status" IN ('success', 'partial')`;
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = ?, "answeredAt" = NULL, "answer" = NULL,
       "state" = CASE WHEN "kind" IN ('ambiguous', 'unmatched') THEN ${staged()} ELSE "state" END
     WHERE ${ofEarlierRuns("SyncChange", closed, limit)}`,
    new Date(),
    supersededBy(run),
    cameBackWith(run),
    run.sourceId,
    run.number,
  );
}

/** Refused rows that a run had handled, and which are open again once it is taken back. */
export async function reopenRejections(tx: Tx, run: LaterRun, limit: number): Promise<number> {
  const handled = `t."handledByRunId" = ?`;
  return execute(
    tx,
    `UPDATE "SyncRejection" SET "handledByRunId" = NULL WHERE ${ofEarlierRuns("SyncRejection", handled, limit)}`,
    run.id,
    run.sourceId,
    run.number,
  );
}

/** Rows `t` of runs `r`; the parameters are the condition's own, the source's id and the later run's number. */
function ofEarlierRuns(table: "SyncChange" | "SyncRejection", condition: string, limit: number) {
  return `"id" IN (SELECT t."id" FROM "${table}" t JOIN "SyncHistory" r ON r."id" = t."runId"
    WHERE ${condition} AND r."feedSourceId" = ? AND r."number" < ? LIMIT ${limit})`;
}

/** Kept as the row's answer, by which it is found again. */
function supersededBy(run: { number: number }) {
  return `superseded by run ${run.number}`;
}

function cameBackWith(run: { number: number }) {
  return `came back with run ${run.number}`;
}

function staged() {
  return engine() === "sqlite" ? "'staged'" : `'staged'::"SyncChangeState"`;
}
