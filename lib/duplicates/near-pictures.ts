import "server-only";
import { db } from "@/lib/db/client";
import type { Holder } from "@/lib/db/duplicates";
import { groupLookAlikes } from "@/lib/images/similar-pictures";

/** Pictures read at a time. */
const BATCH = 10_000;
/** Between two signs of where the comparing stands, in milliseconds. */
const TELL_MS = 1_000;

/** Pictures that look alike without being equal, as holders of one value: the hash of the oldest of them. */
export async function nearPictures(pause: () => Promise<void>): Promise<Holder[]> {
  const pictures: { id: number; hash: string; productId: string }[] = [];
  for (let after = 0; ; ) {
    const rows = await db.productImage.findMany({
      where: { id: { gt: after }, isActive: true, perceptualHash: { not: null } },
      select: { id: true, perceptualHash: true, productId: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    for (const { id, perceptualHash, productId } of rows) {
      if (perceptualHash) pictures.push({ id, hash: perceptualHash, productId });
    }
    await pause();
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  let told = performance.now();
  const groups = await groupLookAlikes(pictures, async () => {
    // The signs of life are given between two turns.
    await new Promise(setImmediate);
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    await pause();
  });
  return groups
    .filter(({ distance }) => distance > 0)
    .flatMap(({ ids }) => {
      const value = byId.get(ids[0] ?? 0)?.hash ?? "";
      return ids.flatMap((id): Holder[] => {
        const picture = byId.get(id);
        return picture ? [{ value, type: "", productId: picture.productId }] : [];
      });
    });
}
