import "server-only";
import { db } from "@/lib/db/client";
import { countInShop } from "@/lib/db/run-changes";
import { runMetadata } from "@/lib/sync/run-metadata";
import { archiveReason, TYPED_FROM } from "./archive-confirmation";
import { editRequest } from "./bulk-edit-input";

/** Why a planned edit waits for more than an approval: it archives many products. Null where it does not. */
export async function archiveReasonOf(runId: string): Promise<string | null> {
  const { metadata, updated } = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { metadata: true, updated: true },
  });
  const edit = editRequest.safeParse(runMetadata.parse(metadata ?? {}).edit);
  const archives = edit.data?.operations.some((of) => of.kind === "status" && of.to === "archived") ?? false;
  if (!archives || updated < TYPED_FROM) return null;
  const [listed, inShop] = await Promise.all([
    db.product.count({ where: { status: { not: "archived" } } }),
    countInShop(runId),
  ]);
  return archiveReason({ products: updated, share: (100 * updated) / Math.max(1, listed), inShop });
}
