import "server-only";
import { db, transaction } from "@/lib/db/client";
import { formatCount, formatPlural } from "@/lib/format";
import type { JobContext } from "@/lib/jobs/define-job";
import { moveChanges } from "@/lib/sync/move-changes";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
import { archiveReasonOf } from "./archive-guard";
import type { ErrorPolicy } from "./bulk-edit-input";

/** Says what becomes of a planned edit: it waits for review, or there is nothing that may be done. */
export async function endPlan(runId: string, policy: ErrorPolicy, context: JobContext): Promise<SyncStatus> {
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { totalItems: true, updated: true, rejected: true },
  });
  const { totalItems, updated, rejected } = run;
  const isBroken = policy === "all" && rejected > 0;
  if (isBroken) {
    const reason = `All or nothing: ${formatPlural(rejected, "other product")} can't be changed so.`;
    await moveChanges(runId, "staged", { state: "skipped", reason }, context.assertHeld);
  }
  const products = formatPlural(totalItems, "product");
  const end = isBroken
    ? {
        status: "failed" as const,
        errors: [
          `${formatCount(rejected)} of ${products} can't be changed so, and you asked for all or nothing: nothing was changed. The Rejected tab says why.`,
        ],
      }
    : updated > 0
      ? { status: "review" as const }
      : rejected > 0
        ? { status: "failed" as const, errors: ["None of the products can be changed so. The Rejected tab says why."] }
        : { status: "success" as const, messages: [`All ${products} already say so: nothing to change.`] };
  const heldReason = end.status === "review" ? await archiveReasonOf(runId) : null;
  return transaction(async (tx) => {
    await context.assertHeld(tx);
    const completedAt = end.status === "review" ? null : new Date();
    await tx.syncHistory.updateMany({
      where: { id: runId, status: "running" },
      data: { ...end, heldReason, completedAt },
    });
    return end.status;
  });
}
