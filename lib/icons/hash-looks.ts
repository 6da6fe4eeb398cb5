import "server-only";
import { join } from "node:path";
import { type BulkRow, updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { inspectPicture } from "@/lib/images/inspect-picture";
import { PictureError } from "@/lib/images/picture-error";

/** Icons written together. */
const BATCH = 200;

/**
 * Computes what icons look like that came before that was kept, so that look-alikes are found among them too.
 * What can't be opened stays without. Gives how many have one by now.
 */
export async function hashLooks(): Promise<number> {
  let hashed = 0;
  for (let after = ""; ; ) {
    const rows = await db.icon.findMany({
      where: { id: { gt: after }, perceptualHash: null, fileMissing: false, storagePath: { not: "" } },
      select: { id: true, storagePath: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    const last = rows.at(-1);
    if (!last) return hashed;
    after = last.id;
    const found: BulkRow[] = [];
    for (const { id, storagePath } of rows) {
      const facts = await factsOf(join(env().dataFolder, storagePath));
      if (facts) found.push({ id, ...facts });
    }
    await transaction((tx) => updateRows(tx, "Icon", ["id"], found));
    hashed += found.length;
  }
}

/** Drawings and what is damaged or gone have none. */
async function factsOf(path: string) {
  try {
    const { perceptualHash, width, height, format } = await inspectPicture(path);
    return { perceptualHash, width, height, format };
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isGone || error instanceof PictureError) return null;
    throw error;
  }
}
