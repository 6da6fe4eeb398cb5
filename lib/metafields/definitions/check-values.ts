import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { listValues, type StoredValue, type ValuePosition } from "@/lib/db/definitions";
import type { Rules } from "../codec";
import { codecOf, parseMetafield } from "../types";

const BATCH = 2_000;
/** Values shown by product; the rest is a count. */
export const MOST_SHOWN = 50;

export const valueCheck = z.object({
  checked: z.number(),
  /** Values that fit now and would not any more. */
  breaking: z.number(),
  first: z.array(
    z.object({ productId: z.string(), sku: z.string(), name: z.string(), value: z.string(), error: z.string() }),
  ),
});
export type ValueCheck = z.output<typeof valueCheck>;

interface Definition {
  namespace: string;
  key: string;
  type: string;
  /** As they are now. */
  rules: Rules;
}

/** Reads every value of a definition and tries it by other validations. `onBatch` is told how many are done. */
export async function checkValues(
  definition: Definition,
  rules: Rules,
  onBatch: (checked: number) => Promise<void> | void = () => undefined,
): Promise<ValueCheck> {
  const { type } = definition;
  const found: { productId: string; value: string; error: string }[] = [];
  let [checked, breaking] = [0, 0];
  let after: ValuePosition | null = null;
  for (;;) {
    const values: StoredValue[] = await listValues(definition, after, BATCH);
    for (const { productId, value } of values) {
      const now = parseMetafield(type, value, rules);
      if (now.ok || !parseMetafield(type, value, definition.rules).ok) continue;
      breaking++;
      if (found.length < MOST_SHOWN) found.push({ productId, value: codecOf(type).display(value), error: now.error });
    }
    checked += values.length;
    await onBatch(checked);
    const last = values.at(-1);
    if (!last || values.length < BATCH) return { checked, breaking, first: await withProducts(found) };
    after = last.position;
  }
}

async function withProducts(found: { productId: string; value: string; error: string }[]) {
  const products = await db.product.findMany({
    where: { id: { in: found.map(({ productId }) => productId) } },
    select: { id: true, sku: true, name: true },
  });
  const byId = new Map(products.map((product) => [product.id, product]));
  return found.map((one) => {
    const product = byId.get(one.productId);
    return { ...one, sku: product?.sku ?? "", name: product?.name ?? "" };
  });
}
