"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { categoryChangeInput, categoryOperation } from "@/lib/categories/category-operation";
import { changeCategory } from "@/lib/categories/change-category";
import { editCategory, editCategoryInput } from "@/lib/categories/edit-category";
import { previewCategory } from "@/lib/categories/preview-category";
import {
  previewRestoredVersion,
  restoreVersion,
  restoreVersionInput,
  restoreVersionPreviewInput,
} from "@/lib/categories/restore-version";

export const previewCategoryAction = action("catalog:write", categoryOperation, previewCategory);

export const changeCategoryAction = action("catalog:write", categoryChangeInput, async (actor, input) => {
  const changed = await changeCategory(actor, input);
  revalidatePath("/catalog", "layout");
  return changed;
});

export const editCategoryAction = action("catalog:write", editCategoryInput, async (actor, input) => {
  const edited = await editCategory(actor, input);
  revalidatePath(`/categories/${input.id}`);
  return edited;
});

export const previewCategoryVersionAction = action("catalog:write", restoreVersionPreviewInput, previewRestoredVersion);

export const restoreCategoryVersionAction = action("catalog:write", restoreVersionInput, async (actor, input) => {
  const restored = await restoreVersion(actor, input);
  revalidatePath("/catalog", "layout");
  return restored;
});
