import "server-only";
import type { Tx } from "@/lib/db/client";
import type { TreeStep } from "./tree-step";

/** Ends an operation's run with what it came to: products moved before are counted already. */
export async function endCategoryRun(tx: Tx, runId: string, steps: TreeStep[], bytes: number) {
  const created = steps.filter(({ kind }) => kind === "create").length;
  const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { updated: true } });
  const changes = run.updated + steps.length;
  await tx.syncHistory.update({
    where: { id: runId },
    data: {
      status: "success",
      completedAt: new Date(),
      totalItems: changes,
      processed: changes,
      successful: changes,
      changeBytes: { increment: bytes },
      metadata: { categories: { created, updated: steps.length - created, unchanged: 0 } },
    },
    select: { id: true },
  });
}
