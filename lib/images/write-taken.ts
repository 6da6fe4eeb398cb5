import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type BulkRow, selectRows, updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { pictureName } from "./own-picture";
import { fieldOf, whereFrom } from "./remove-picture";
import type { Taken } from "./take-pictures";

export interface Tally {
  fetched: number;
  failed: number;
  /** The same file as another picture of the product: hidden beside it. */
  duplicates: number;
}

/** Writes what became of some pictures, in one transaction. */
export async function writeTaken(taken: readonly Taken[]): Promise<Tally> {
  return transaction(async (tx) => {
    const now = new Date();
    const holders = await holdersOf(tx, taken);
    const files: BulkRow[] = [];
    const failures: BulkRow[] = [];
    const duplicates: { picture: Taken; original: number }[] = [];
    // Of two with the same file the older one stays.
    for (const picture of taken.toSorted((a, b) => a.id - b.id)) {
      const { id, facts, failure } = picture;
      if (!facts) {
        failures.push({ id, failure, storagePath: null, fetchedAt: now, updatedAt: now });
        continue;
      }
      const file = `${picture.productId}\0${facts.fileHash}`;
      const original = holders.get(file);
      if (original === undefined || original === id) {
        holders.set(file, id);
        files.push({ id, ...fileColumns(facts), failure: null, fetchedAt: now, updatedAt: now });
      } else duplicates.push({ picture, original });
    }
    await updateRows(tx, "ProductImage", ["id"], files);
    await updateRows(tx, "ProductImage", ["id"], failures);
    await hideDuplicates(tx, duplicates, now);
    await raiseCatalogueVersion(tx, "products");
    return { fetched: files.length, failed: failures.length, duplicates: duplicates.length };
  });
}

function fileColumns(facts: NonNullable<Taken["facts"]>): BulkRow {
  const { storagePath, fileHash, fileSize, format, width, height, perceptualHash } = facts;
  return { storagePath, fileHash, fileSize, format, width, height, perceptualHash };
}

/** Which picture of a product holds which file so far. */
async function holdersOf(tx: Tx, taken: readonly Taken[]) {
  const rows = await selectRows<{ id: number; productId: string; fileHash: string }>(
    tx,
    "ProductImage",
    `"ProductImage"."id", "ProductImage"."productId", "fileHash"`,
    "productId",
    [...new Set(taken.map(({ productId }) => productId))],
    `"fileHash" IS NOT NULL`,
  );
  return new Map(rows.map(({ id, productId, fileHash }) => [`${productId}\0${fileHash}`, id]));
}

/** The row stays, so that its feed doesn't give it anew; when the other picture goes, it comes back. */
async function hideDuplicates(tx: Tx, duplicates: { picture: Taken; original: number }[], now: Date) {
  if (duplicates.length === 0) return;
  const rows = duplicates.map(({ picture, original }) => ({
    id: picture.id,
    isActive: false,
    metadata: { duplicateOf: original },
    fetchedAt: now,
    updatedAt: now,
  }));
  await updateRows(tx, "ProductImage", ["id"], rows);
  const originals = await tx.productImage.findMany({
    where: { id: { in: duplicates.map(({ original }) => original) } },
    select: { id: true, view: true, filename: true },
  });
  const names = new Map(originals.map((one) => [one.id, pictureName(one)]));
  for (const { picture, original } of duplicates) {
    const field = fieldOf(picture);
    const after = `hidden: the same file as ${names.get(original) ?? "another picture"}`;
    await recordAudit(
      tx,
      SYSTEM,
      "image.duplicate",
      { entity: "product", entityId: picture.productId },
      { before: { [field]: whereFrom(picture) }, after: { [field]: after } },
    );
  }
}
