import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type ComparedPart, countKindPairs, listCompared } from "@/lib/db/compare-runs";
import { getRun } from "@/lib/sync/queries";

const PAGE = 100;

const numbers = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [...new Set([given].flat().flatMap((text) => text.split(",")))].map(Number))
  .pipe(z.array(z.number().int().min(1)))
  .catch([]);

/** The comparison's URL: `run` twice, or once as `4,7`. */
const compareSearch = z.object({
  run: numbers,
  part: z.enum(["a", "b", "both"]).catch("both"),
  after: z.coerce.number().int().min(1).catch(0),
});
export type CompareSearch = z.output<typeof compareSearch>;

export function parseCompareSearch(params: Record<string, unknown>): CompareSearch {
  return compareSearch.parse({ run: [], ...params });
}

/**
 * Two runs side by side, the older first: their counts, and how what they said of the same products differs.
 * @returns null when one of them is not there
 */
export async function compareRuns(actor: Actor, pair: readonly [number, number], part: ComparedPart, after: number) {
  assertCan(actor, "sync:read");
  const [first, second] = pair.toSorted((x, y) => x - y);
  const [a, b] = await Promise.all([getRun(actor, first ?? 0), getRun(actor, second ?? 0)]);
  if (!a || !b) return null;
  const [pairs, found] = await Promise.all([
    countKindPairs(a.id, b.id),
    listCompared({ a: a.id, b: b.id }, part, { after, take: PAGE + 1 }),
  ]);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  const lastId = part === "b" ? last?.bId : last?.aId;
  return { a, b, pairs, rows, next: found.length > PAGE ? (lastId ?? null) : null };
}
export type RunComparison = NonNullable<Awaited<ReturnType<typeof compareRuns>>>;
