import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getRunOrThrow, listRuns, type RunDetail, type RunRow } from "@/lib/sync/queries";
import { endpoint } from "./endpoint";
import { iso, time } from "./fields";
import { isOnePlace, listOf, pageFields, pageNumber, readNumberCursor, TWO_PLACES, writeCursor } from "./paging";

const count = z.int().min(0);

const syncLogJson = z
  .object({
    id: z.uuid(),
    number: z.int().describe("As the screens call it: 1, 2, 3 …"),
    sync_type: z.string(),
    source: z.string(),
    target: z.string(),
    status: z.enum(["pending", "running", "review", "success", "partial", "failed", "cancelled", "reverted"]),
    is_dry_run: z.boolean(),
    held_reason: z.string().nullable().describe("Why the whole run waits for a manager."),
    total_items: count,
    processed: count,
    successful: count,
    failed: count,
    skipped: count,
    created: count,
    updated: count,
    deleted: count,
    unchanged: count,
    missing: count.describe("Products that the source no longer lists."),
    rejected: count.describe("Rows refused."),
    repeated: count.describe("Identical repeats within the file."),
    held: count.describe("Changes that wait for a person."),
    user_id: z.uuid().nullable().describe("Null is the system."),
    started_by: z.string(),
    job_id: z.uuid().nullable(),
    started_at: time.nullable(),
    completed_at: time.nullable(),
    created_at: time,
  })
  .meta({ id: "SyncLog" });

const messageJson = z.object({ at: z.string().nullable(), text: z.string() });

const syncLogDetailJson = z
  .object({
    ...syncLogJson.shape,
    messages: z.array(messageJson),
    errors: z.array(messageJson),
    warnings: z.array(messageJson),
    stages: z.array(
      z.object({
        stage: z.string(),
        started_at: time,
        finished_at: time.nullable(),
        rows: z.number().nullable(),
        spent: z.record(z.string(), z.number()).nullable().describe("What its time went to, in milliseconds."),
      }),
    ),
    changes_by_kind: z.record(z.string(), count),
    changes_by_state: z.record(z.string(), count),
    rejections: count.describe("Records refused, each listed; one can stand for several rows."),
    remarks: count.describe("Records accepted with a warning."),
    same_as_run: z.int().nullable().describe("The run that read the same files before."),
    files: z.array(
      z.object({
        name: z.string(),
        hash: z.string().nullable(),
        bytes: z.number(),
        encoding: z.string(),
        rows_read: count.describe("Staged, unchanged, repeated and rejected rows together."),
        rows_staged: count,
        rows_unchanged: count,
        rows_repeated: count,
        rows_rejected: count,
      }),
    ),
  })
  .meta({ id: "SyncLogDetail" });

export const runParams = z.object({
  id: z
    .union([
      z.uuid(),
      z
        .string()
        .regex(/^[1-9][0-9]{0,8}$/)
        .transform(Number),
    ])
    .describe("A run's id or its number."),
});

export const listSyncLogsEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs",
  tag: "Sync history",
  summary: "Lists sync runs, newest first",
  query: z
    .object({
      ...pageFields,
      status: z
        .enum(syncLogJson.shape.status.options, `Choose ${syncLogJson.shape.status.options.join(", ")}.`)
        .optional(),
      days: z.coerce
        .number("Send a whole number.")
        .int("Send a whole number.")
        .min(1, "Ask for at least one day.")
        .max(3_650, "Ask for at most 3,650 days.")
        .optional()
        .describe("Only runs of the last so many days."),
    })
    .refine(isOnePlace, TWO_PLACES),
  answer: { json: listOf(syncLogJson).meta({ id: "SyncLogList" }) },
});

export const getSyncLogEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/{id}",
  tag: "Sync history",
  summary: "Gives one run with its files, stages and messages",
  params: runParams,
  answer: { json: syncLogDetailJson },
});

export const getRejectionsEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/{id}/rejections",
  tag: "Sync history",
  summary: "Gives a run's refused rows as they stood in their files",
  params: runParams,
  query: z.object({ reasons: z.enum(["1"]).optional().describe("`1` adds the reasons.") }),
  answer: { media: ["text/csv", "text/plain", "application/zip"] },
});

export async function syncLogPage(actor: Actor, query: z.output<typeof listSyncLogsEndpoint.query>) {
  const { status, days, page, per_page, cursor } = query;
  const before = readNumberCursor(cursor, "newest");
  const { rows, total, older } = await listRuns(actor, { status, days, before: before?.number, page, size: per_page });
  const offset = before ? before.rank + 1 : ((page ?? 1) - 1) * per_page;
  const rank = offset + rows.length - 1;
  return {
    data: rows.map(toSyncLogJson),
    total,
    page: page ?? pageNumber(offset, per_page),
    per_page,
    next_cursor: older === null ? null : writeCursor("newest", { key: older, id: "", rank }),
  };
}

/** @throws {AppError} `not_found` */
export async function syncLogDetail(actor: Actor, id: string | number) {
  return toSyncLogDetailJson(await getRunOrThrow(actor, id));
}

function toSyncLogJson(run: RunRow): z.output<typeof syncLogJson> {
  const { id, number, source, target, status, processed, successful, failed, skipped } = run;
  const { created, updated, deleted, unchanged, missing, rejected, repeated, held } = run;
  return {
    id,
    number,
    source,
    target,
    status,
    processed,
    successful,
    failed,
    skipped,
    created,
    updated,
    deleted,
    unchanged,
    missing,
    rejected,
    repeated,
    held,
    sync_type: run.syncType,
    is_dry_run: run.isDryRun,
    held_reason: run.heldReason,
    total_items: run.totalItems,
    user_id: run.userId,
    started_by: run.startedBy,
    job_id: run.jobId,
    started_at: iso(run.startedAt),
    completed_at: iso(run.completedAt),
    created_at: iso(run.createdAt),
  };
}

function toSyncLogDetailJson(run: RunDetail): z.output<typeof syncLogDetailJson> {
  const { messages, errors, warnings, rejections, remarks } = run;
  return {
    ...toSyncLogJson(run),
    messages,
    errors,
    warnings,
    rejections,
    remarks,
    stages: run.stages.map(({ stage, startedAt, finishedAt, rows, spent }) => ({
      stage,
      started_at: iso(startedAt),
      finished_at: iso(finishedAt),
      rows,
      spent,
    })),
    changes_by_kind: run.kinds,
    changes_by_state: run.states,
    same_as_run: run.sameAsRun,
    files: run.files.map((file) => ({
      name: file.name,
      hash: file.hash,
      bytes: file.bytes,
      encoding: file.encoding,
      rows_read: file.rowsRead,
      rows_staged: file.rowsStaged,
      rows_unchanged: file.rowsUnchanged,
      rows_repeated: file.rowsRepeated,
      rows_rejected: file.rowsRejected,
    })),
  };
}
