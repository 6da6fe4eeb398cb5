import "server-only";
import { db, transaction } from "@/lib/db/client";
import { changeMetadata } from "../change-metadata";
import { abandonRun } from "../finish-run";
import { moveChanges } from "../move-changes";

/** What was approved and not applied when its job ended: rows of a run in review wait again, a whole run ends. */
export async function releaseApproved(runId: string, end: { status: "failed" | "cancelled"; reason: string }) {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { status: true } });
  if (run?.status !== "review") return abandonRun(runId, end);
  await moveChanges(runId, "approved", {
    state: "staged",
    reason: `Approved, but applying was ${end.status}: ${end.reason} Approve it again.`,
    rule: null,
    answeredById: null,
    answeredAt: new Date(),
    answer: "returned",
  });
  // An answer that no row has yet ends with its job too.
  await transaction((tx) => changeMetadata(tx, runId, ({ handedOver: _, ...rest }) => rest));
}
