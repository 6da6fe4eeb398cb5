import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getRunOrThrow } from "@/lib/sync/queries";
import { changedField } from "@/lib/sync/review/row-choice";
import { type ChangeRow, listRunChanges } from "@/lib/sync/run-changes";
import { endpoint } from "./endpoint";
import { iso, snakeCase, text, time } from "./fields";
import { isOnePlace, listOf, pageFields, pageNumber, readNumberCursor, TWO_PLACES, writeCursor } from "./paging";
import { runParams } from "./sync-logs";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const entity = z.enum(["product", "category"], "Choose product or category.");
const KINDS = [
  "new",
  "changed",
  "moved",
  "missing",
  "returned",
  "conflict",
  "unmatched",
  "ambiguous",
  "removed",
] as const;
const STATES = ["staged", "approved", "applied", "skipped", "rejected", "failed", "reverted"] as const;

const syncChangeJson = z
  .object({
    id: z.int(),
    entity,
    entity_id: z.string().nullable().describe("Null while nobody knows which product it is."),
    external_key: z.string().describe("The source's own key."),
    label: z.string().describe("The SKU, or the category's path."),
    name: z.string(),
    action: z.enum(["create", "update", "delete"]),
    kind: z.enum(KINDS),
    state: z.enum(STATES),
    reason: z.string().nullable(),
    file: z.string().nullable(),
    line: z.int().nullable().describe("Physical line, from 1."),
    rule: z.string().nullable().describe("The approval rules that let it pass, by name."),
    answer: z.string().nullable().describe("How it was answered, in words: `approved`, `rejected: …`, `returned`."),
    answered_by: z.string().nullable().describe("The person who answered it."),
    answered_at: time.nullable(),
    applied_at: time.nullable(),
    fields: z.array(
      z.object({
        field: z.string().describe("`price_cents`, `category`, `metafield:<namespace>.<key>`, `code:<type>` …"),
        before: value,
        after: value,
        file: z.string().nullable().describe("Where the new value stands, when not on the change's own line."),
        line: z.int().nullable(),
        kept: z.boolean().describe("A person's value stands against this one, which was not applied."),
      }),
    ),
  })
  .meta({ id: "SyncChange" });

export const listSyncChangesEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/{id}/changes",
  tag: "Sync history",
  summary: "Lists what a run found to change, every field before and after",
  params: runParams,
  query: z
    .object({
      ...pageFields,
      entity: entity.optional(),
      kind: z.enum(KINDS, `Choose ${KINDS.join(", ")}.`).optional(),
      state: z.enum(STATES, `Choose ${STATES.join(", ")}.`).optional(),
      field: changedField.optional().describe("Only changes of this field or group of fields."),
      q: text(100).optional().describe("Part of a label, a name or a source's key."),
    })
    .refine(isOnePlace, TWO_PLACES),
  answer: { json: listOf(syncChangeJson).meta({ id: "SyncChangeList" }) },
});

/** @throws {AppError} `not_found` for an unknown run */
export async function syncChangePage(
  actor: Actor,
  runId: string | number,
  query: z.output<typeof listSyncChangesEndpoint.query>,
) {
  const run = await getRunOrThrow(actor, runId);
  const { page, per_page, cursor, ...filters } = query;
  const after = readNumberCursor(cursor, "found");
  const { rows, total, next } = await listRunChanges(actor, run.id, {
    ...filters,
    q: filters.q?.trim(),
    page,
    size: per_page,
    after: after?.number,
    open: "all",
    exact: true,
  });
  const offset = after ? after.rank + 1 : ((page ?? 1) - 1) * per_page;
  return {
    data: rows.map(toSyncChangeJson),
    total: total.count,
    page: page ?? pageNumber(offset, per_page),
    per_page,
    next_cursor: next === null ? null : writeCursor("found", { key: next, id: "", rank: offset + rows.length - 1 }),
  };
}

function toSyncChangeJson(change: ChangeRow): z.output<typeof syncChangeJson> {
  const { id, entity, label, name, action, kind, state, reason, file, line, lines } = change;
  return {
    id,
    entity,
    label,
    name,
    action,
    kind,
    state,
    reason,
    file,
    line,
    entity_id: change.entityId,
    external_key: change.externalKey,
    rule: change.rule,
    answer: change.answer,
    answered_by: change.answeredBy,
    answered_at: iso(change.answeredAt),
    applied_at: iso(change.appliedAt),
    fields: lines.map((one) => ({
      field: snakeCase(one.field),
      before: one.before,
      after: one.after,
      file: one.file ?? null,
      line: one.line ?? null,
      kept: one.kept ?? false,
    })),
  };
}
