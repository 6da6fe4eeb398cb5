"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { dismissGroup, groupInput, reopenGroup, requestDuplicates } from "@/lib/duplicates/duplicate-groups";
import { mergeInput, mergePreviewInput } from "@/lib/duplicates/merge-input";
import { mergeProducts } from "@/lib/duplicates/merge-products";
import { previewMerge } from "@/lib/duplicates/preview-merge";

export const findDuplicatesAction = action("catalog:write", z.object({}), async (actor) => {
  const asked = await requestDuplicates(actor);
  revalidatePath("/reports/duplicates");
  return asked;
});

export const dismissDuplicatesAction = action("catalog:write", groupInput, async (actor, input) => {
  await dismissGroup(actor, input);
  revalidatePath("/reports/duplicates");
});

export const reopenDuplicatesAction = action("catalog:write", groupInput, async (actor, input) => {
  await reopenGroup(actor, input);
  revalidatePath("/reports/duplicates");
});

export const previewMergeAction = action("catalog:write", mergePreviewInput, previewMerge);

export const mergeProductsAction = action("catalog:write", mergeInput, async (actor, input) => {
  const merged = await mergeProducts(actor, input);
  revalidatePath("/reports/duplicates");
  return merged;
});
