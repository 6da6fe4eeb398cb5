import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";
import { getBatch } from "@/lib/icons/get-batch";
import { iconLook } from "@/lib/icons/icon-look";
import { iconMaking, iconRequest } from "@/lib/icons/icon-request";
import { ICON_PROVIDERS } from "@/lib/icons/look-words";
import { requestIcons } from "@/lib/icons/request-icons";
import { endpoint } from "./endpoint";
import { ids, iso, text, time } from "./fields";

const micros = z.int().min(0);
const { style, color, background, size } = iconLook.shape;

export const postIconBatchEndpoint = endpoint({
  method: "post",
  path: "/api/icon-batches",
  tag: "Icons",
  summary: "Has icons made for categories",
  description:
    "A worker makes them: read how far it is at /api/icon-batches/{id}. What was made before with the same words is not made again. Icons wait to be reviewed, unless `use_at_once` is true.",
  body: z.object({
    category_ids: z.array(z.uuid()).min(1).max(5_000).optional().describe("For these categories, whatever they show."),
    below: z
      .uuid()
      .optional()
      .describe("With `all`: for this category and all below it. Else for those of them without one."),
    all: z.boolean().default(false).describe("With `below`: also for those that show an icon."),
    provider: z.enum(ICON_PROVIDERS).default("built-in").describe("The built-in generator costs nothing."),
    ...{ style, color, background, size },
    variations: iconMaking.shape.variations.describe("Pictures of each category."),
    instructions: text(1_000).default("").describe("Words added to what an endpoint is told."),
    ceiling_micros: micros
      .nullable()
      .default(null)
      .describe("What it may cost: millionths of the endpoint's currency."),
    make_anew: z.boolean().default(false).describe("Asks again for what was made already."),
    use_at_once: z.boolean().default(false).describe("Approves an icon, and shows it, where its category shows none."),
  }),
  answer: {
    json: z
      .object({
        id: z.uuid(),
        number: z.int(),
        job_id: z.uuid(),
        pictures: z.int(),
        from_cache: z.int().describe("Made before: they cost nothing."),
        cost_micros: micros.nullable().describe("What it is expected to cost; null: nobody entered a price."),
      })
      .meta({ id: "IconBatchAsked" }),
    status: 201,
  },
  refusals: ["not_found", "conflict"],
});

const STATUSES = ["waiting", "running", "succeeded", "failed", "skipped"] as const;

export const getIconBatchEndpoint = endpoint({
  method: "get",
  path: "/api/icon-batches/{id}",
  tag: "Icons",
  summary: "Tells how far a batch of icons is, and what became of each picture",
  ...ids,
  query: z.object({
    show: z.enum(["all", "succeeded", "failed", "skipped", "waiting"]).default("all").describe("Which pictures."),
    cursor: z.uuid("This is no cursor.").optional().describe("The `next_cursor` of the page before."),
  }),
  answer: {
    json: z
      .object({
        id: z.uuid(),
        number: z.int(),
        job_id: z.uuid().nullable(),
        ...{ provider: z.string(), model: z.string(), style: z.string(), color: z.string(), background: z.string() },
        size: z.int(),
        ...{ waiting: z.int(), running: z.int(), succeeded: z.int(), failed: z.int(), skipped: z.int() },
        from_cache: z.int(),
        cost_micros: micros,
        ceiling_micros: micros.nullable(),
        created_at: time,
        data: z.array(
          z.object({
            id: z.uuid(),
            category_id: z.uuid().nullable(),
            category: z.string(),
            variation: z.int(),
            status: z.enum(STATUSES),
            problem: z.string().nullable(),
            icon_id: z.uuid().nullable(),
            from_cache: z.boolean(),
            seconds: z.number().nullable(),
            cost_micros: micros.nullable(),
          }),
        ),
        next_cursor: z.uuid().nullable().describe("Null on the last page."),
      })
      .meta({ id: "IconBatch" }),
  },
  refusals: ["not_found"],
});

type Body = z.output<typeof postIconBatchEndpoint.body>;

export async function askIconBatch(actor: Actor, body: Body) {
  const { category_ids, below, all, ceiling_micros, make_anew, use_at_once, ...making } = body;
  const given = { ceilingMicros: ceiling_micros, makeAnew: make_anew, useAtOnce: use_at_once };
  const request = parseInput(iconRequest, { ...making, ...given, target: targetOf(category_ids, below, all) });
  const { batchId, number, jobId, plan } = await requestIcons(actor, request);
  return {
    ...{ id: batchId, number, job_id: jobId },
    ...{ pictures: plan.pictures, from_cache: plan.fromCache, cost_micros: plan.costMicros },
  };
}

function targetOf(ids: string[] | undefined, below: string | undefined, all: boolean) {
  if (ids && below) throw new AppError("invalid_input", "Send either category_ids or below.");
  if (ids) return { kind: "categories", ids };
  if (!all) return { kind: "missing", under: below ?? null };
  if (below) return { kind: "subtree", id: below };
  throw new AppError("invalid_input", "Send below with all: every category at once is asked for branch by branch.");
}

export async function iconBatchJson(actor: Actor, id: string, query: z.output<typeof getIconBatchEndpoint.query>) {
  assertCan(actor, "catalog:read");
  const found = await db.iconBatch.findUnique({ where: { id }, select: { number: true } });
  if (!found) throw new AppError("not_found", "There is no such batch.");
  const batch = await getBatch(actor, found.number, { show: query.show, after: query.cursor });
  const { number, jobId, provider, model, style, color, background, size, counts } = batch;
  return {
    ...{ id, number, job_id: jobId, provider, model, style, color, background, size },
    ...Object.fromEntries(STATUSES.map((status) => [status, counts[status]])),
    ...{ from_cache: counts.fromCache, cost_micros: counts.costMicros, ceiling_micros: batch.ceilingMicros },
    created_at: iso(batch.createdAt),
    data: batch.pictures.map((picture) => ({
      ...{ id: picture.id, category_id: picture.categoryId, category: picture.categoryPath },
      ...{ variation: picture.variation, status: picture.status, problem: picture.problem },
      ...{ icon_id: picture.icon?.id ?? null, from_cache: picture.isFromCache },
      ...{ seconds: picture.seconds, cost_micros: picture.costMicros },
    })),
    next_cursor: batch.next,
  };
}
