import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { rawExcerpt } from "./raw-excerpt";
import { listMendedIds } from "./retry/retry-state";

export const REJECTIONS_PER_PAGE = 50;
/** Characters of the original record that a list shows; the download has it whole. */
const SHOWN = 500;

const rejectionRow = {
  id: true,
  severity: true,
  file: true,
  line: true,
  column: true,
  code: true,
  reason: true,
  externalKey: true,
  raw: true,
  handledByRunId: true,
  dismissedAt: true,
} satisfies Prisma.SyncRejectionSelect;

/** Where a refused row stands: open, mended and ready to be tried, taken in by a run, or set aside. */
export type RejectionState =
  | { is: "open" }
  | { is: "ready" }
  | { is: "handled"; byRun: number | null }
  | { is: "dismissed" };

export type RejectionRow = Omit<
  Prisma.SyncRejectionGetPayload<{ select: typeof rejectionRow }>,
  "handledByRunId" | "dismissedAt"
> & { state: RejectionState };

interface RejectionSearch {
  severity?: "error" | "warning";
  code?: string;
  column?: string;
  file?: string;
  rows?: "open" | "settled";
  after?: number;
  before?: number;
  size?: number;
}

/** A run's refused rows (`error`) or remarks (`warning`), in file order; `before`/`after` are rejection ids. */
export async function listRunRejections(actor: Actor, runId: string, search: RejectionSearch) {
  assertCan(actor, "sync:read");
  const size = search.size ?? REJECTIONS_PER_PAGE;
  const where = rejectionWhere(runId, search);
  const backwards = search.before !== undefined && search.after === undefined;
  const bound = backwards ? { lt: search.before } : search.after === undefined ? undefined : { gt: search.after };
  const [found, total] = await Promise.all([
    db.syncRejection.findMany({
      where: { ...where, ...(bound ? { id: bound } : {}) },
      select: rejectionRow,
      orderBy: { id: backwards ? "desc" : "asc" },
      take: size + 1,
    }),
    db.syncRejection.count({ where }),
  ]);
  const hasMore = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows: await withStates(runId, rows),
    total,
    previous: (backwards ? hasMore : search.after !== undefined) ? (rows[0]?.id ?? null) : null,
    next: backwards || hasMore ? (rows.at(-1)?.id ?? null) : null,
  };
}

function rejectionWhere(runId: string, search: RejectionSearch): Prisma.SyncRejectionWhereInput {
  const { severity = "error", code, column, file, rows } = search;
  const open = { handledByRunId: null, dismissedAt: null };
  return {
    runId,
    severity,
    ...(code ? { code } : {}),
    ...(column ? { column } : {}),
    ...(file ? { file } : {}),
    ...(rows === "open" ? open : rows === "settled" ? { NOT: open } : {}),
  };
}

async function withStates(
  runId: string,
  rows: Prisma.SyncRejectionGetPayload<{ select: typeof rejectionRow }>[],
): Promise<RejectionRow[]> {
  const runs = await db.syncHistory.findMany({
    where: { id: { in: [...new Set(rows.flatMap((row) => row.handledByRunId ?? []))] } },
    select: { id: true, number: true },
  });
  const mended = await listMendedIds(runId);
  return rows.map(({ handledByRunId, dismissedAt, ...row }) => ({
    ...row,
    raw: rawExcerpt(row.raw, SHOWN),
    state: handledByRunId
      ? { is: "handled", byRun: runs.find((run) => run.id === handledByRunId)?.number ?? null }
      : dismissedAt
        ? { is: "dismissed" }
        : { is: mended.has(row.id) ? "ready" : "open" },
  }));
}
