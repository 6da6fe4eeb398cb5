import "server-only";
import { db } from "@/lib/db/client";
import { formatShortDateTime } from "@/lib/format";

/** Runs named in the sentence; more are counted. */
const NAMED = 3;

/** Why the catalogue as of `at` can't be told, as a sentence, when retention has dropped changes made since; null when it can. */
export async function unknownBefore(at: Date): Promise<string | null> {
  const pruned = await db.syncHistory.findMany({
    where: { prunedAt: { not: null }, completedAt: { gt: at }, isDryRun: false, successful: { gt: 0 } },
    select: { number: true },
    orderBy: { number: "desc" },
    take: NAMED + 1,
  });
  if (pruned.length > 0) {
    const named = pruned.slice(0, NAMED).map((run) => run.number);
    const more = pruned.length > NAMED ? " and others" : "";
    return `The changes of ${named.length > 1 ? "runs" : "run"} ${named.join(", ")}${more} were dropped to save space, so what was before them can't be told.`;
  }
  // Runs that are forgotten whole have left their batches in the audit trail.
  const batches = await db.auditEntry.groupBy({
    by: ["entityId"],
    where: { action: { in: ["sync.apply", "sync.undo"] }, createdAt: { gt: at } },
    _max: { createdAt: true },
  });
  const known = await db.syncHistory.findMany({ select: { id: true } });
  const ids = new Set(known.map((run) => run.id));
  const forgotten = batches.find((batch) => !ids.has(batch.entityId));
  if (!forgotten?._max.createdAt) return null;
  return `A run of ${formatShortDateTime(forgotten._max.createdAt, new Date())} is not on record any more, so what was before it can't be told.`;
}
