import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { ProductToUpdate } from "./apply-updated-products";

/** Changes that would give a product the handle of another: a handle is one product's, so it keeps the one it has. */
export async function takenHandles(tx: Tx, wanted: ProductToUpdate[]): Promise<Set<number>> {
  const asked = wanted.flatMap(({ changeId, id, lines }) => {
    const line = lines.find(({ field, kept, after }) => field === "handle" && !kept && after !== null);
    return line ? [{ changeId, id, handle: String(line.after) }] : [];
  });
  if (asked.length === 0) return new Set();
  const rows = await selectRows<{ id: string; handle: string }>(
    tx,
    "Product",
    `"Product"."id", "Product"."handle"`,
    "handle",
    asked.map(({ handle }) => handle),
  );
  const owners = new Map(rows.map(({ id, handle }) => [handle, id]));
  const taken = new Set<number>();
  for (const { changeId, id, handle } of asked) {
    const owner = owners.get(handle);
    if (owner !== undefined && owner !== id) taken.add(changeId);
    else owners.set(handle, id);
  }
  return taken;
}
