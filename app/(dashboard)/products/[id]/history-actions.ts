"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { restoreInput, restorePreviewInput } from "@/lib/catalog/restore/restore-input";
import { previewRestore, restoreProduct } from "@/lib/catalog/restore/restore-product";

export const previewRestoreAction = action("catalog:write", restorePreviewInput, previewRestore);

export const restoreProductAction = action("catalog:write", restoreInput, async (actor, input) => {
  const restored = await restoreProduct(actor, input);
  revalidatePath(`/products/${input.id}`);
  return restored;
});
