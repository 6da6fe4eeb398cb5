"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { createProduct } from "@/lib/catalog/create-product";
import { duplicateProduct } from "@/lib/catalog/duplicate-product";
import { duplicateProductInput, newProductInput } from "@/lib/catalog/new-product";
import { getTemplate, templateInput } from "@/lib/metafields/get-template";

export const createProductAction = action("catalog:write", newProductInput, async (actor, input) => {
  const made = await createProduct(actor, input);
  revalidatePath("/catalog");
  return made;
});

export const duplicateProductAction = action("catalog:write", duplicateProductInput, async (actor, input) => {
  const made = await duplicateProduct(actor, input);
  revalidatePath("/catalog");
  return made;
});

export const getTemplateAction = action("catalog:read", templateInput, getTemplate);
