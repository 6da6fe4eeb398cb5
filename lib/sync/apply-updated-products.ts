import "server-only";
import { fieldSources } from "@/lib/catalog/field-source";
import { selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { PictureOf } from "@/lib/feeds/local-pictures";
import type { FieldChange } from "./change";
import { fromJson } from "./load-products";
import { checkEdited } from "./person-run/check-edited";
import { ProductUpdates } from "./product-updates";
import { checkPresent, type Present } from "./review/check-present";
import type { Stopwatch } from "./stopwatch";
import { takenHandles } from "./taken-handles";

export interface ProductToUpdate {
  changeId: number;
  id: string;
  /** The product's version when the change was staged. */
  version: number | null;
  lines: FieldChange[];
}

export interface RunIdentity {
  id: string;
  /** Whose word it is: a feed's, or a person's in a run without a feed (null: the system's). */
  voice: { sourceId: string } | { userId: string | null };
  /** A batch of which something can't be applied is not written at all. */
  isWhole?: boolean;
  pictureOf: PictureOf;
  watch: Stopwatch;
}

/** A product as it is just before a change is written. */
export interface CurrentProduct {
  id: string;
  version: number;
  fieldSources: unknown;
  createdByRunId: string | null;
  createdById: string | null;
  createdAt: Date | number;
  stockStatus: string;
}

/**
 * Writes the changed fields of products and says for each where it came from now. A change of which a field no longer
 * holds what was shown is not written at all: the answer says what became of it.
 */
export async function updateProducts(
  tx: Tx,
  run: RunIdentity,
  wanted: ProductToUpdate[],
): Promise<Map<number, Present>> {
  const rows = await selectRows<CurrentProduct>(
    tx,
    "Product",
    ["id", "version", "fieldSources", "createdByRunId", "createdById", "createdAt", "stockStatus"]
      .map((column) => `"Product"."${column}"`)
      .join(", "),
    "id",
    wanted.map((one) => one.id),
  );
  const current = new Map(rows.map((row) => [row.id, row]));
  const found = await ("sourceId" in run.voice
    ? checkPresent(tx, run.voice.sourceId, wanted, current)
    : checkEdited(tx, wanted, current));
  const taken = await takenHandles(tx, wanted);
  const updates = new ProductUpdates(run);
  for (const one of wanted) {
    const product = current.get(one.id);
    const present = found.get(one.changeId);
    if (!product || present?.outcome === "returned" || present?.outcome === "moved") continue;
    let lines = present?.outcome === "as shown" ? present.lines : one.lines;
    if (taken.has(one.changeId)) {
      lines = lines.filter((line) => line.field !== "handle");
      found.set(one.changeId, { outcome: "as shown", lines });
    }
    updates.add(product, fieldSources.parse(fromJson(product.fieldSources) ?? {}), lines);
  }
  await updates.write(tx);
  return found;
}
