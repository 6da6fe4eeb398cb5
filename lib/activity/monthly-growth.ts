import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { countByHand, countByRun, editsByMonth, runsByMonth } from "@/lib/db/months";
import { type Export, type ExportFormat, exportAs } from "@/lib/sync/history/export";

/** Months told, the present one included. */
const MONTHS = 24;

export interface GrowthMonth {
  /** `2026-11`, UTC */
  month: string;
  /** Products of today that were there by its end. */
  products: number;
  /** Of those, the ones that came in it. */
  arrived: number;
  /** By runs: changes of products, not of fields. */
  added: number;
  changed: number;
  missing: number;
  /** By people on a product's own page or by scripts. */
  edits: number;
}

/** How the catalogue grew and how much was changed in it, month by month; from the first one with anything in it. */
export async function monthlyGrowth(actor: Actor, now = new Date()): Promise<GrowthMonth[]> {
  assertCan(actor, "catalog:read");
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (MONTHS - 1), 1));
  const [byRun, byHand, runs, edits] = await Promise.all([
    countByRun(),
    countByHand(),
    runsByMonth(from),
    editsByMonth(from),
  ]);
  const arrivals = await arrivalsByMonth(byRun, byHand);
  const first = monthName(from);
  let products = sum([...arrivals].filter(([month]) => month < first).map(([, count]) => count));
  const months = monthsFrom(from).map((month): GrowthMonth => {
    const arrived = arrivals.get(month) ?? 0;
    products += arrived;
    const run = runs.find((one) => one.month === month);
    const { added = 0, changed = 0, missing = 0 } = run ?? {};
    return {
      ...{ month, products, arrived },
      ...{ added: Number(added), changed: Number(changed), missing: Number(missing) },
      edits: edits.find((one) => one.month === month)?.edits ?? 0,
    };
  });
  const begin = months.findIndex((one) => one.products + one.added + one.changed + one.missing + one.edits > 0);
  return begin < 0 ? [] : months.slice(begin);
}

async function arrivalsByMonth(
  byRun: Awaited<ReturnType<typeof countByRun>>,
  byHand: Awaited<ReturnType<typeof countByHand>>,
): Promise<Map<string, number>> {
  const ids = byRun.flatMap(({ runId }) => runId ?? []);
  const runs = await inParts(ids, (part) =>
    db.syncHistory.findMany({ where: { id: { in: part } }, select: { id: true, startedAt: true, createdAt: true } }),
  );
  const monthOf = new Map(runs.map(({ id, startedAt, createdAt }) => [id, monthName(startedAt ?? createdAt)]));
  const arrivals = new Map<string, number>();
  const add = (month: string | undefined, count: number) => {
    if (month) arrivals.set(month, (arrivals.get(month) ?? 0) + count);
  };
  for (const { runId, products } of byRun) if (runId) add(monthOf.get(runId), products);
  for (const { month, products } of byHand) add(month, products);
  return arrivals;
}

function monthsFrom(from: Date): string[] {
  return Array.from({ length: MONTHS }, (_, at) =>
    monthName(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + at, 1))),
  );
}

function monthName(date: Date) {
  return date.toISOString().slice(0, 7);
}

function sum(counts: number[]) {
  return counts.reduce((total, count) => total + count, 0);
}

const COLUMNS = {
  month: ({ month }: GrowthMonth) => month,
  products: ({ products }: GrowthMonth) => products,
  arrived: ({ arrived }: GrowthMonth) => arrived,
  added_by_runs: ({ added }: GrowthMonth) => added,
  changed_by_runs: ({ changed }: GrowthMonth) => changed,
  missing_in_runs: ({ missing }: GrowthMonth) => missing,
  edited_by_people: ({ edits }: GrowthMonth) => edits,
};

/** The same as a file. */
export function exportGrowth(actor: Actor, format: ExportFormat): Export {
  assertCan(actor, "catalog:read");
  async function* rows() {
    yield* await monthlyGrowth(actor);
  }
  return exportAs("catalogue-growth", format, COLUMNS, rows());
}
