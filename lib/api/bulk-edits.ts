import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { ENDINGS } from "@/lib/bulk-edit/operation";
import { requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";
import { FIELD_NAMES, type ProductField } from "@/lib/catalog/product-fields";
import { MOST_TICKED } from "@/lib/catalog/selection";
import { AppError } from "@/lib/errors";
import { approveRun } from "@/lib/sync/mutations";
import { getRunOrThrow } from "@/lib/sync/queries";
import { endpoint } from "./endpoint";
import { snakeCase, text, time } from "./fields";
import { runParams } from "./sync-logs";

const BY_NAME: Record<string, ProductField> = Object.fromEntries(FIELD_NAMES.map((name) => [snakeCase(name), name]));

const KINDS = [
  ...["set", "add", "clear", "math", "round", "replace", "prefix", "suffix"],
  ...["template", "case", "move", "status", "keep", "release"],
] as const;

/** Wide on purpose: what each kind needs is checked where the operations are (lib/bulk-edit/operation.ts). */
const operationJson = z.object({
  kind: z.enum(KINDS as unknown as [string, ...string[]]).describe("What is done."), // a tuple of all of KINDS
  field: text(340)
    .optional()
    .describe("`price_cents`, `name` … or `metafield:<namespace>.<key>`; not for `move` and `status`."),
  value: text(200_000).optional().describe("Of `set` and `add` (where there is none), as a person types it: `12.50`."),
  how: z.enum(["percent", "add", "times"]).optional().describe("Of `math`."),
  by: text(20).optional().describe("Of `math`: `10`, `-2.5`."),
  ending: z.enum(ENDINGS).optional().describe("Of `round`, and of `math` on prices: to the nearest such price."),
  find: text(5_000).optional().describe("Of `replace`."),
  with: text(5_000).optional().describe("Of `replace`."),
  match_case: z.boolean().optional().describe("Of `replace`; true without it."),
  text: text(5_000).optional().describe("Of `prefix`, `suffix` and `template` (`{brand} {name}`)."),
  to: text(20).optional().describe("Of `case`: upper, lower, title, sentence. Of `status`: draft, active, archived."),
  category_id: z.uuid().nullable().optional().describe("Of `move`; null takes it out of its category."),
});

export const postBulkEditEndpoint = endpoint({
  method: "post",
  path: "/api/bulk-edits",
  tag: "Products",
  summary: "Plans a change of many products at once",
  description:
    "A worker writes down each product's values before and after, as a run that waits for review: read its changes at /api/sync-logs/{number}/changes. Nothing is changed before somebody approves it, on the run's page or at /api/bulk-edits/{id}/approve.",
  body: z
    .object({
      operations: z.array(operationJson).min(1, "Send at least one operation.").max(10, "Send at most 10 operations."),
      ids: z.array(z.uuid()).min(1).max(MOST_TICKED).optional().describe("The products; or `query`."),
      query: text(20_000)
        .optional()
        .describe(
          "All products of the catalogue's list of this address, after its `?`: `brand=Acme&stock=out`; empty is all.",
        ),
      category_id: z.uuid().optional().describe("With `query`: only in this category and below."),
      policy: z
        .enum(["skip", "all"])
        .default("skip")
        .describe("Where a product can't be changed so: leave it out, or change none at all."),
    })
    .refine(({ ids, query }) => (ids === undefined) !== (query === undefined), "Send either ids or query."),
  answer: {
    json: z.object({ run_id: z.uuid(), number: z.int(), job_id: z.uuid() }).meta({ id: "BulkEditAsked" }),
    status: 201,
  },
  refusals: ["not_found"],
});

export const approveBulkEditEndpoint = endpoint({
  method: "post",
  path: "/api/bulk-edits/{id}/approve",
  tag: "Products",
  summary: "Approves a planned bulk edit: a worker carries it out",
  description:
    "Products changed since it was planned are left and listed. One that archives 50 products and more is held: send its `held_reason` as you read it, and the confirmation that it asks for. 409 when somebody answered first.",
  params: runParams,
  body: z
    .strictObject({
      shown_at: time.describe("When you read its changes; what changed since is not approved unseen. UTC."),
      held_reason: text(2_000).nullable().default(null).describe("Of the run, where it is held."),
      confirmation: text(100).optional().describe("`ARCHIVE 1,234`, where the run archives so many products."),
    })
    .meta({ id: "BulkEditApproval" }),
  answer: {
    json: z.object({ run_id: z.uuid(), number: z.int(), job_id: z.uuid() }).meta({ id: "BulkEditApproved" }),
  },
  refusals: ["conflict"],
});

type Approval = z.output<typeof approveBulkEditEndpoint.body>;

/** @throws {AppError} `not_found` for a run that is no bulk edit, else as `approveRun` */
export async function approveBulkEdit(actor: Actor, id: string | number, body: Approval) {
  const run = await getRunOrThrow(actor, id);
  if (run.syncType !== "bulk") throw new AppError("not_found", `Run ${run.number} is no bulk edit.`);
  const { jobId } = await approveRun(actor, {
    runId: run.id,
    shownAt: new Date(body.shown_at),
    seenReason: body.held_reason,
    confirmation: body.confirmation,
  });
  return { run_id: run.id, number: run.number, job_id: jobId };
}

type Body = z.output<typeof postBulkEditEndpoint.body>;

export async function askBulkEdit(actor: Actor, { operations, ids, query, category_id, policy }: Body) {
  const selection = ids ? { ids } : { query: query ?? "", category: category_id ?? null };
  const input = { operations: operations.map(toOperation), selection, policy };
  // Parsed there, kind by kind.
  const asked = await requestBulkEdit(actor, input as unknown as Parameters<typeof requestBulkEdit>[1]);
  return { run_id: asked.runId, number: asked.number, job_id: asked.jobId };
}

function toOperation({ field, match_case, category_id, ...rest }: Body["operations"][number]) {
  return {
    ...rest,
    ...(field === undefined ? {} : { field: Object.hasOwn(BY_NAME, field) ? BY_NAME[field] : field }),
    ...(match_case === undefined ? {} : { matchCase: match_case }),
    ...(category_id === undefined ? {} : { categoryId: category_id }),
  };
}
