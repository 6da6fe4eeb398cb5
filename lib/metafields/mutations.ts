import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { metafieldEdit } from "@/lib/catalog/product-changes";
import { updateProduct } from "@/lib/catalog/update-product";

const productId = z.string().max(64);

export const setMetafieldInput = metafieldEdit.extend({ productId, to: z.string().max(2_000_000) });
export const deleteMetafieldInput = metafieldEdit
  .pick({ namespace: true, key: true, from: true })
  .extend({ productId });

/**
 * Adds or edits one metafield; the definition is made when the name is new, and its type is fixed from then on.
 * @throws {AppError} as `updateProduct` does
 */
export async function setMetafield(actor: Actor, input: z.output<typeof setMetafieldInput>) {
  const { productId: id, ...edit } = input;
  return updateProduct(actor, { id, changes: {}, metafields: [edit] });
}

/**
 * Removes one metafield. Setting the same value again puts it back, source and all.
 * @throws {AppError} as `updateProduct` does
 */
export async function deleteMetafield(actor: Actor, input: z.output<typeof deleteMetafieldInput>) {
  const { productId: id, ...edit } = input;
  return updateProduct(actor, { id, changes: {}, metafields: [{ ...edit, to: null }] });
}
