// What a run takes over from its source's earlier ones, and what is theirs again once it is taken back.
import "server-only";
import { engine, type Tx } from "./client";
import { execute } from "./raw";

/**
 * Refused rows of a source's earlier runs: the run read the feed anew, so they are its matter now. No more than
 * `limit` at once. @returns how many
 */
export async function handOverRejections(
  tx: Tx,
  run: { id: string; number: number; sourceId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncRejection" SET "handledByRunId" = ? WHERE "id" IN (
       SELECT j."id" FROM "SyncRejection" j JOIN "SyncHistory" r ON r."id" = j."runId"
       WHERE j."severity" = 'error' AND j."handledByRunId" IS NULL AND j."dismissedAt" IS NULL
         AND r."feedSourceId" = ? AND r."number" < ? AND r."isDryRun" = false LIMIT ${limit})`,
    run.id,
    run.sourceId,
    run.number,
  );
}

/** As handOverRejections, for rows whose product nobody named: the later run asks anew where it still matters. */
export async function supersedeMatches(
  tx: Tx,
  run: { number: number; sourceId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?, "state" = 'skipped' WHERE "id" IN (
       SELECT c."id" FROM "SyncChange" c JOIN "SyncHistory" r ON r."id" = c."runId"
       WHERE c."openSince" IS NOT NULL AND c."kind" IN ('ambiguous', 'unmatched') AND c."state" = 'staged'
         AND r."feedSourceId" = ? AND r."number" < ? LIMIT ${limit})`,
    new Date(),
    `superseded by run ${run.number}`,
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
  const answer = `superseded by run ${run.number}`;
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?, "reason" = ?, "state" = 'skipped'
     WHERE "id" IN (SELECT c."id" FROM "SyncChange" c WHERE c."runId" = ? AND c."state" = 'staged' LIMIT ${limit})`,
    new Date(),
    answer,
    `Run ${run.number} has read the feed anew since: what still holds is offered there.`,
    run.earlierId,
  );
}

/**
 * Questions that a run had taken over from earlier ones, and which are theirs again once it is taken back. No more than
 * `limit` at once. @returns how many
 */
export async function reopenSuperseded(
  tx: Tx,
  run: { number: number; sourceId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = ?, "answeredAt" = NULL, "answer" = NULL,
       "state" = CASE WHEN "kind" IN ('ambiguous', 'unmatched') THEN ${staged()} ELSE "state" END
     WHERE "id" IN (SELECT c."id" FROM "SyncChange" c JOIN "SyncHistory" r ON r."id" = c."runId"
       WHERE c."openSince" IS NULL AND c."answeredById" IS NULL AND c."answer" IN (?, ?)
         AND (c."state" = 'applied' OR (c."state" = 'skipped' AND c."kind" IN ('ambiguous', 'unmatched')))
         AND r."feedSourceId" = ? AND r."number" < ? AND r."status" IN ('success', 'partial') LIMIT ${limit})`,
    new Date(),
    `superseded by run ${run.number}`,
    `came back with run ${run.number}`,
    run.sourceId,
    run.number,
  );
}

/** Refused rows that a run had handled, and which are open again once it is taken back. @returns how many */
export async function reopenRejections(
  tx: Tx,
  run: { id: string; number: number; sourceId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncRejection" SET "handledByRunId" = NULL WHERE "id" IN (
       SELECT j."id" FROM "SyncRejection" j JOIN "SyncHistory" r ON r."id" = j."runId"
       WHERE j."handledByRunId" = ? AND r."feedSourceId" = ? AND r."number" < ? LIMIT ${limit})`,
    run.id,
    run.sourceId,
    run.number,
  );
}

function staged() {
  return engine() === "sqlite" ? "'staged'" : `'staged'::"SyncChangeState"`;
}

/** Open missing products that a run lists again. No more than `limit` at once. @returns how many */
export async function supersedeReturned(
  tx: Tx,
  run: { id: string; number: number; sourceId: string },
  limit: number,
): Promise<number> {
  return execute(
    tx,
    `UPDATE "SyncChange" SET "openSince" = NULL, "answeredAt" = ?, "answer" = ?
     WHERE "id" IN (SELECT c."id" FROM "SyncChange" c JOIN "SyncHistory" r ON r."id" = c."runId"
       WHERE c."openSince" IS NOT NULL AND c."kind" = 'missing' AND r."feedSourceId" = ? AND r."number" < ?
         AND c."entityId" IN (SELECT l."entityId" FROM "SyncChange" l
           WHERE l."runId" = ? AND l."kind" = 'returned' AND l."state" = 'applied') LIMIT ${limit})`,
    new Date(),
    `came back with run ${run.number}`,
    run.sourceId,
    run.number,
    run.id,
  );
}
