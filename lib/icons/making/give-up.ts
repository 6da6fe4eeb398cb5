import "server-only";
import { updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { priceOf } from "../costs";
import { readIconSettings } from "../icon-settings";
import { openCall } from "./answers-folder";
import { callKey } from "./call-key";

/**
 * Ends what is left of a batch with why. What was set aside for calls that were never made is free again; what may have
 * been charged goes on counting.
 */
export async function giveUpPictures(batchId: string, problem: string) {
  const settings = await readIconSettings(db);
  const running = await db.iconGeneration.findMany({ where: { batchId, status: "running", provider: "endpoint" } });
  const freed: { id: string; costMicros: number | null }[] = [];
  for (const generation of running) {
    if ((await openCall(callKey(generation))) !== null) continue;
    const paidMicros = (generation.costMicros ?? 0) - (priceOf(settings, generation.size) ?? 0);
    freed.push({ id: generation.id, costMicros: paidMicros > 0 ? paidMicros : null });
  }
  await transaction(async (tx) => {
    await updateRows(tx, "IconGeneration", ["id"], freed);
    await tx.iconGeneration.updateMany({
      where: { batchId, status: { in: ["waiting", "running"] } },
      data: { status: "skipped", problem, completedAt: new Date() },
    });
  });
}
