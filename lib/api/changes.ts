import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type LoggedLine, type LogPlace, listChanges } from "@/lib/catalog/list-changes";
import { endpoint } from "./endpoint";
import { iso, snakeCase, time } from "./fields";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const NO_PLACE = "Send a time like 2026-11-20T10:00:00Z, or the next_cursor of an answer.";
const CURSOR = /^c(\d{1,10})\.(\d{1,10})$/;

const since = z
  .string(NO_PLACE)
  .max(40, NO_PLACE)
  .transform((text, context): LogPlace | Date => {
    const [, entry, change] = CURSOR.exec(text) ?? [];
    const place = { entry: Number(entry), change: Number(change) };
    if (entry !== undefined && Math.max(place.entry, place.change) < 2 ** 31) return place;
    const at = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(text);
    if (at.success) return new Date(at.data);
    context.addIssue({ code: "custom", message: NO_PLACE });
    return z.NEVER;
  });

const loggedChangeJson = z
  .object({
    at: time,
    how: z.enum(["feed", "undo", "person"]),
    who: z.string().describe("The person's name, or the feed's."),
    run: z.int().nullable().describe("The run's number; null for an edit of one product."),
    product_id: z.uuid(),
    sku: z.string().nullable().describe("Null when the product is gone."),
    field: z
      .string()
      .describe("`price_cents`, `category`, `metafield:<namespace>.<key>`, `code:<type>`, `image:<view>` …"),
    before: value,
    after: value,
  })
  .meta({ id: "CatalogueChange" });

export const listChangesEndpoint = endpoint({
  method: "get",
  path: "/api/changes",
  tag: "Products",
  summary: "Lists what changed in the catalogue since a time or a place, field by field",
  description:
    "Applied changes of feeds, undos and people's edits in the order they were committed. Ask again with `next_cursor`: nothing is left out and nothing told twice. A page ends behind the product that reaches `limit`.",
  query: z.object({
    since: since
      .optional()
      .describe("A time, or the `next_cursor` of the answer before; without it, from the beginning."),
    limit: z.coerce
      .number("Send a whole number.")
      .int("Send a whole number.")
      .min(1, "Ask for at least one line.")
      .max(5_000, "Ask for at most 5,000 lines.")
      .default(500)
      .describe("Lines, one a field."),
  }),
  answer: {
    json: z
      .object({
        data: z.array(loggedChangeJson),
        next_cursor: z.string().describe("Where the next answer begins, today or later."),
        has_more: z.boolean().describe("There is more to read at once."),
        pruned_runs: z.array(z.int()).describe("Runs on the way whose changes were dropped to save space."),
      })
      .meta({ id: "CatalogueChangeLog" }),
  },
});

const BEGINNING: LogPlace = { entry: 0, change: 0 };

export async function changePage(actor: Actor, query: z.output<typeof listChangesEndpoint.query>) {
  const { lines, place, hasMore, prunedRuns } = await listChanges(actor, query.since ?? BEGINNING, query.limit);
  return {
    data: lines.map(toJson),
    next_cursor: `c${place.entry}.${place.change}`,
    has_more: hasMore,
    pruned_runs: prunedRuns,
  };
}

function toJson({ at, how, who, run, productId, sku, field, before, after }: LoggedLine) {
  return { at: iso(at), how, who, run, product_id: productId, sku, field: snakeCase(field), before, after };
}
