"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { updateProductInput } from "@/lib/catalog/product-changes";
import { historyCursor, listProductHistory } from "@/lib/catalog/product-history";
import { proposeEdit } from "@/lib/catalog/propose-edit";
import { releaseField, releaseFieldInput, releaseMetafield, releaseMetafieldInput } from "@/lib/catalog/release-value";
import { updateProduct } from "@/lib/catalog/update-product";
import { withdrawInput, withdrawProposal } from "@/lib/catalog/withdraw-proposal";
import { categoryChoiceSearch, listCategoryChoices } from "@/lib/categories/list-category-choices";
import { definitionSearch, listDefinitions } from "@/lib/metafields/list-definitions";
import { deleteMetafield, deleteMetafieldInput, setMetafield, setMetafieldInput } from "@/lib/metafields/mutations";
import {
  orderMetafields,
  orderMetafieldsInput,
  presentMetafield,
  presentMetafieldInput,
} from "@/lib/metafields/present-metafields";

export const saveProductAction = action("catalog:write", updateProductInput, async (actor, input) => {
  const saved = await updateProduct(actor, input);
  revalidatePath(`/products/${input.id}`);
  return saved;
});

export const proposeProductAction = action("catalog:propose", updateProductInput, async (actor, input) => {
  const proposed = await proposeEdit(actor, input);
  revalidatePath(`/products/${input.id}`);
  return proposed;
});

export const withdrawProposalAction = action("catalog:propose", withdrawInput, withdrawProposal);

export const setMetafieldAction = action("catalog:write", setMetafieldInput, async (actor, input) => {
  const saved = await setMetafield(actor, input);
  revalidatePath(`/products/${input.productId}`);
  return saved;
});

export const removeMetafieldAction = action("catalog:write", deleteMetafieldInput, async (actor, input) => {
  const saved = await deleteMetafield(actor, input);
  revalidatePath(`/products/${input.productId}`);
  return saved;
});

export const presentMetafieldAction = action("catalog:write", presentMetafieldInput, async (actor, input) => {
  await presentMetafield(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const orderMetafieldsAction = action("catalog:write", orderMetafieldsInput, async (actor, input) => {
  await orderMetafields(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const releaseFieldAction = action("catalog:write", releaseFieldInput, async (actor, input) => {
  await releaseField(actor, input);
  revalidatePath(`/products/${input.id}`);
});

export const releaseMetafieldAction = action("catalog:write", releaseMetafieldInput, async (actor, input) => {
  await releaseMetafield(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const listDefinitionsAction = action("catalog:read", definitionSearch, listDefinitions);

export const listCategoryChoicesAction = action("catalog:read", categoryChoiceSearch, listCategoryChoices);

const historyInput = z.object({ id: z.string().max(64), after: historyCursor });

export const listHistoryAction = action("catalog:read", historyInput, (actor, { id, after }) =>
  listProductHistory(actor, id, after),
);
