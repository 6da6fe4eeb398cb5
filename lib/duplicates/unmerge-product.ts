import "server-only";
import { withMergedMark } from "@/lib/categories/merged-mark";
import { updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { MergedProduct } from "@/lib/sync/change";

/** Gives back what went over with a merged product; what another merge or a person took from there since stays. */
export async function unmergeProduct(tx: Tx, id: string, runId: string, merged: MergedProduct) {
  const { intoId } = merged;
  const silent = new Set(merged.sourceItems.filter(({ isSilent }) => isSilent).map((item) => item.id));
  const items = await tx.sourceItem.findMany({
    where: { id: { in: merged.sourceItems.map((item) => item.id) }, productId: intoId },
    select: { id: true, fieldHashes: true },
  });
  const now = new Date();
  await updateRows(
    tx,
    "SourceItem",
    ["id"],
    items.map((item) => ({
      id: item.id,
      productId: id,
      fieldHashes: silent.has(item.id) ? withMergedMark(item.fieldHashes, false) : (item.fieldHashes ?? {}),
      updatedAt: now,
    })),
  );
  await tx.codeAlias.updateMany({
    where: { id: { in: merged.aliasIds }, productId: intoId },
    data: { productId: id },
  });
  await tx.productRedirect.deleteMany({ where: { productId: id, targetId: intoId } });
  await tx.productRedirect.updateMany({
    where: { productId: { in: merged.redirects }, targetId: intoId },
    data: { targetId: id },
  });
  const asked = { state: "open" as const, answeredById: null, answeredAt: null, runId: null };
  await tx.duplicateGroup.updateMany({ where: { runId }, data: asked });
}
