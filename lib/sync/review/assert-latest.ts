import "server-only";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { READS_WHOLE_FEED } from "../run-triggers";

/**
 * What an older reading of a feed found is not approved while a newer one waits: its values would come out on top.
 * @throws {AppError} `conflict`
 */
export async function assertLatest(tx: Tx, runId: string) {
  const run = await tx.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { number: true, source: true, feedSourceId: true },
  });
  const later = await tx.syncHistory.findFirst({
    where: {
      feedSourceId: run.feedSourceId,
      number: { gt: run.number },
      isDryRun: false,
      trigger: { in: [...READS_WHOLE_FEED] },
      OR: [{ status: "review", heldReason: null }, { status: { in: ["success", "partial"] } }],
    },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  if (!later || run.feedSourceId === null) return;
  const words = `Run ${later.number} has read ${run.source} anew since and knows better than run ${run.number}: answer that one. This one can still be turned down.`;
  throw new AppError("conflict", words);
}
