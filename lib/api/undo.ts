import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getRunOrThrow } from "@/lib/sync/queries";
import { previewUndo } from "@/lib/sync/undo/preview-undo";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { endpoint } from "./endpoint";
import { runParams } from "./sync-logs";

const count = z.int().min(0);
const counts = z.object({
  restored: count.describe("Put back as they were."),
  removed: count.describe("Taken away: the run had created them."),
  skipped: count.describe("Left as they are: changed since."),
});

const undoPreviewJson = z
  .object({
    number: z.int().describe("The run's number."),
    products: counts,
    categories: counts,
    partly: count.describe("Products put back but for the fields that were changed since."),
    left: z
      .array(
        z.object({
          entity: z.enum(["product", "category"]),
          id: z.string().nullable(),
          label: z.string().describe("The SKU, or the category's path."),
          name: z.string(),
          is_whole: z.boolean().describe("Nothing of it goes back."),
          reason: z.string().describe("Which fields, and who changed them since."),
        }),
      )
      .describe("What is left as it is, in whole or in part; the first 200."),
  })
  .meta({ id: "UndoPreview" });
export type UndoPreviewJson = z.output<typeof undoPreviewJson>;

export const previewUndoEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/{id}/undo",
  tag: "Sync history",
  summary: "Shows what undoing a run would put back, take away and leave",
  description:
    "The undo itself, stopped before it writes: its counts are the undo's if nothing changes in between. A run of more than 5,000 changes is planned by a worker instead, on its page, or by `stockroom sync revert --dry-run`.",
  params: runParams,
  answer: { json: undoPreviewJson },
  refusals: ["conflict", "too_large"],
});

export const postUndoEndpoint = endpoint({
  method: "post",
  path: "/api/sync-logs/{id}/undo",
  tag: "Sync history",
  summary: "Undoes a run, as a run of its own",
  params: runParams,
  body: z.object({
    confirmation: z.string().max(100).optional().describe("`undo run 12`; needed from 50 products on."),
  }),
  answer: {
    json: z
      .object({ run_id: z.uuid(), number: z.int().describe("Of the run that undoes."), job_id: z.uuid() })
      .meta({ id: "UndoAsked" }),
  },
  refusals: ["conflict"],
});

export async function undoPreview(actor: Actor, id: string | number, signal?: AbortSignal): Promise<UndoPreviewJson> {
  const run = await getRunOrThrow(actor, id);
  const { left, ...preview } = await previewUndo(actor, run.id, signal);
  return { ...preview, left: left.map(({ isWhole, ...one }) => ({ ...one, is_whole: isWhole })) };
}

export async function askUndo(actor: Actor, id: string | number, body: z.output<typeof postUndoEndpoint.body>) {
  const run = await getRunOrThrow(actor, id);
  const asked = await requestUndo(actor, { runId: run.id, confirmation: body.confirmation });
  return { run_id: asked.runId, number: asked.number, job_id: asked.jobId };
}
