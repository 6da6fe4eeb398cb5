import "server-only";
import { type Actor, assertCan, SYSTEM } from "@/lib/auth/actor";
import { type ProductSelection, selectedIds } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { env } from "@/lib/env";
import type { PurgeCounts } from "./purge-words";

/** Ids looked at at once. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/** Of these products, which may be deleted: archived before `before`. */
export async function readyToDelete(ids: string[], before: Date) {
  const rows = await inParts(ids, (part) =>
    db.product.findMany({
      where: { id: { in: part } },
      select: { id: true, status: true, archivedAt: true, shopifyProductId: true },
    }),
  );
  const archived = rows.filter(({ status }) => status === "archived");
  // Archived before there was a time for it: long ago.
  const ready = archived.filter(({ archivedAt }) => archivedAt === null || archivedAt <= before);
  return {
    ids: new Set(ready.map(({ id }) => id)),
    notArchived: rows.length - archived.length,
    tooFresh: archived.length - ready.length,
    inShop: ready.filter(({ shopifyProductId }) => shopifyProductId !== null).length,
  };
}

/** When a product must have been archived to be deleted now. */
export function archivedBefore(afterDays: number): Date {
  return new Date(Date.now() - afterDays * DAY_MS);
}

export function nobody(afterDays: number): PurgeCounts {
  return { ready: 0, notArchived: 0, tooFresh: 0, inShop: 0, total: 0, afterDays };
}

/** What deleting a selection would come to, for the dialog that asks for its plan. @throws {AppError} `forbidden` */
export async function countPurge(actor: Actor, { selection }: { selection: ProductSelection }): Promise<PurgeCounts> {
  assertCan(actor, "data:purge");
  const counts = nobody(env().STOCKROOM_PURGE_AFTER_DAYS);
  counts.total = await db.product.count();
  const before = archivedBefore(counts.afterDays);
  for await (const ids of selectedIds(SYSTEM, selection, BATCH)) {
    const found = await readyToDelete(ids, before);
    counts.ready += found.ids.size;
    counts.notArchived += found.notArchived;
    counts.tooFresh += found.tooFresh;
    counts.inShop += found.inShop;
  }
  return counts;
}
