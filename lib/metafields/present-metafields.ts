import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { finishEdit, productForEdit, target } from "@/lib/catalog/update-product";
import { updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const shown = z.object({
  note: z.string().trim().max(1_000, "Shorten this to 1,000 characters."),
  isVisible: z.boolean(),
});

export const presentMetafieldInput = z.object({
  productId: z.string().max(64),
  namespace: z.string().max(255),
  key: z.string().max(255),
  from: shown,
  to: shown,
});

/**
 * Sets what is noted about a product's metafield, and whether the shop shows it. Its value and source stay.
 * @throws {AppError} `conflict` when somebody changed what is set since it was seen; `not_found`
 */
export async function presentMetafield(actor: Actor, input: z.output<typeof presentMetafieldInput>) {
  assertCan(actor, "catalog:write");
  const { productId, namespace, key, from, to } = input;
  return transaction(async (tx) => {
    const product = await productForEdit(tx, productId);
    const where = { productId_namespace_key: { productId, namespace, key } };
    const row = await tx.productMetafield.findUnique({ where, select: { description: true, isVisible: true } });
    if (!row) throw new AppError("not_found", "Somebody removed this metafield meanwhile.");
    const there = { note: row.description, isVisible: row.isVisible };
    const changed = (["note", "isVisible"] as const).filter((name) => to[name] !== there[name]);
    if (changed.some((name) => from[name] !== there[name])) {
      throw new AppError("conflict", "Somebody changed this meanwhile. Look at it again, then repeat it.");
    }
    if (changed.length === 0) return;
    await tx.productMetafield.update({
      where,
      data: { description: to.note, isVisible: to.isVisible },
      select: { id: true },
    });
    const told = (of: typeof to) =>
      Object.fromEntries(changed.map((name) => [`${TOLD[name]}:${namespace}.${key}`, of[name]]));
    await finish(tx, actor, productId, product.sources, told(there), told(to));
  });
}

/** What the history calls it, before the metafield's name. */
const TOLD = { note: "note", isVisible: "shown" } as const;

export const orderMetafieldsInput = z.object({
  productId: z.string().max(64),
  namespace: z.string().max(255),
  /** All keys of the namespace, in the order seen and in the new one. */
  from: z.array(z.string().max(255)).max(10_000),
  to: z.array(z.string().max(255)).max(10_000),
});

/**
 * Puts a product's metafields of one namespace into another order.
 * @throws {AppError} `conflict` when somebody added, removed or ordered them since they were seen
 */
export async function orderMetafields(actor: Actor, input: z.output<typeof orderMetafieldsInput>) {
  assertCan(actor, "catalog:write");
  const { productId, namespace, from, to } = input;
  return transaction(async (tx) => {
    const product = await productForEdit(tx, productId);
    const rows = await tx.productMetafield.findMany({
      where: { productId, namespace },
      select: { id: true, key: true, displayOrder: true },
      orderBy: [{ displayOrder: "asc" }, { id: "asc" }],
    });
    const now = rows.map(({ key }) => key);
    if (now.join("\0") !== from.join("\0")) {
      throw new AppError(
        "conflict",
        "Somebody changed these metafields meanwhile. Look at them again, then repeat it.",
      );
    }
    if ([...now].sort().join("\0") !== [...to].sort().join("\0")) {
      throw new AppError("invalid_input", "The new order must hold each metafield once.");
    }
    const place = new Map(to.map((key, at) => [key, at]));
    const moved = rows.flatMap(({ id, key, displayOrder }) => {
      const at = place.get(key) ?? displayOrder;
      return at === displayOrder ? [] : [{ id, displayOrder: at, updatedAt: new Date() }];
    });
    if (moved.length === 0) return;
    await updateRows(tx, "ProductMetafield", ["id"], moved);
    const told = (keys: string[]) => ({ [`order:${namespace}`]: keys.join(", ") });
    await finish(tx, actor, productId, product.sources, told(now), told(to));
  });
}

type Told = Record<string, string | boolean>;

async function finish(
  tx: Tx,
  actor: Actor,
  productId: string,
  sources: Parameters<typeof finishEdit>[3]["sources"],
  before: Told,
  after: Told,
) {
  await finishEdit(tx, productId, {}, { sources });
  await recordAudit(tx, actor, "product.update", target(productId), { before, after });
}
