import "server-only";
import { insertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";

export interface ShownFrom {
  categoryId: string;
  /** Null: it shows none. */
  icon: { id: string; fileHash: string } | null;
}

/** Writes down what categories show from now on, and by whom: what a roll back goes back to. */
export async function recordActivations(
  tx: Tx,
  by: { userId: string | null; actorName: string },
  shown: readonly ShownFrom[],
) {
  const createdAt = new Date();
  await insertRows(
    tx,
    "IconActivation",
    shown.map(({ categoryId, icon }) => ({
      categoryId,
      iconId: icon?.id ?? null,
      fileHash: icon?.fileHash ?? null,
      ...by,
      createdAt,
    })),
  );
}
