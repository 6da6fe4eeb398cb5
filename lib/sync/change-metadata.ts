import "server-only";
import type { Tx } from "@/lib/db/client";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
import { type RunMetadata, runMetadata } from "./run-metadata";

/** Changes what a run remembers; of two who do so at once the second sees what the first wrote. */
export async function changeMetadata(
  tx: Tx,
  runId: string,
  change: (metadata: RunMetadata) => RunMetadata,
  more: { status?: SyncStatus } = {},
): Promise<void> {
  // Writing first keeps the second waiting.
  await tx.syncHistory.updateMany({ where: { id: runId }, data: { updatedAt: new Date() } });
  const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
  const metadata = change(runMetadata.parse(run.metadata ?? {}));
  await tx.syncHistory.update({ where: { id: runId }, data: { metadata, ...more }, select: { id: true } });
}
