import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { groupRefusals, type RefusalGroup } from "@/lib/db/refusals";

const DAY_MS = 86_400_000;
/** Kinds shown; a shop with more of them sees the most frequent. */
const MOST_GROUPS = 200;
const PAGE = 50;

const cursor = z.coerce.number().int().min(1).optional().catch(undefined);

/** The errors page's URL: the window, and the kind whose rows are shown. */
const errorSearch = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([7, 30, 90, 400]))
    .catch(30),
  code: z.string().trim().max(60).optional().catch(undefined),
  source: z.uuid().optional().catch(undefined),
  before: cursor,
});
export type ErrorSearch = z.output<typeof errorSearch>;

export function parseErrorSearch(params: Record<string, unknown>): ErrorSearch {
  return errorSearch.parse(params);
}

export type RefusalKind = RefusalGroup & { lastSeen: Date | null };

/** What was refused or remarked on within the last days, by kind and source, the most frequent first. */
export async function listRefusalKinds(actor: Actor, days: number, now = new Date()): Promise<RefusalKind[]> {
  assertCan(actor, "sync:read");
  const at = (back: number) => new Date(now.getTime() - back * DAY_MS);
  const groups = await groupRefusals(at(days), at(days / 2), MOST_GROUPS);
  const runs = await db.syncHistory.findMany({
    where: { number: { in: [...new Set(groups.map((group) => group.lastRun))] } },
    select: { number: true, startedAt: true, createdAt: true },
  });
  const times = new Map(runs.map((run) => [run.number, run.startedAt ?? run.createdAt]));
  return groups.map((group) => ({ ...group, lastSeen: times.get(group.lastRun) ?? null }));
}

/** The rows of one kind across runs, newest first. */
export async function listRefusals(actor: Actor, search: ErrorSearch, now = new Date()) {
  assertCan(actor, "sync:read");
  const since = new Date(now.getTime() - search.days * DAY_MS);
  const found = await db.syncRejection.findMany({
    where: {
      code: search.code,
      run: { createdAt: { gte: since }, ...(search.source ? { feedSourceId: search.source } : {}) },
      ...(search.before ? { id: { lt: search.before } } : {}),
    },
    select: {
      id: true,
      severity: true,
      file: true,
      line: true,
      column: true,
      reason: true,
      externalKey: true,
      handledByRunId: true,
      dismissedAt: true,
      run: { select: { number: true, source: true, startedAt: true, createdAt: true } },
    },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const rows = found.slice(0, PAGE);
  const handledBy = await db.syncHistory.findMany({
    where: { id: { in: rows.flatMap((row) => row.handledByRunId ?? []) } },
    select: { id: true, number: true },
  });
  const numbers = new Map(handledBy.map((run) => [run.id, run.number]));
  return {
    rows: rows.map((row) => ({ ...row, handledBy: numbers.get(row.handledByRunId ?? "") ?? null })),
    older: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null,
  };
}
export type RefusalRow = Awaited<ReturnType<typeof listRefusals>>["rows"][number];
