import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";

export const REJECTIONS_PER_PAGE = 50;
/** Characters of the original record that a list shows; the download has it whole. */
const RAW_LENGTH = 500;

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
} satisfies Prisma.SyncRejectionSelect;

export type RejectionRow = Prisma.SyncRejectionGetPayload<{ select: typeof rejectionRow }>;

/** A run's refused rows (`error`) or remarks (`warning`), in file order; `before`/`after` are rejection ids. */
export async function listRunRejections(
  actor: Actor,
  runId: string,
  search: { severity?: "error" | "warning"; after?: number; before?: number; size?: number },
) {
  assertCan(actor, "sync:read");
  const size = search.size ?? REJECTIONS_PER_PAGE;
  const where = { runId, severity: search.severity ?? "error" };
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
    rows: rows.map((row) => ({
      ...row,
      raw: row.raw.length > RAW_LENGTH ? `${row.raw.slice(0, RAW_LENGTH)}…` : row.raw,
    })),
    total,
    previous: (backwards ? hasMore : search.after !== undefined) ? (rows[0]?.id ?? null) : null,
    next: backwards || hasMore ? (rows.at(-1)?.id ?? null) : null,
  };
}
