"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { previewBulkEdit } from "@/lib/bulk-edit/preview-bulk-edit";
import { bulkEditInput, requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";

export const previewBulkEditAction = action(
  "catalog:write",
  bulkEditInput.pick({ operations: true, selection: true }),
  previewBulkEdit,
);

export const planBulkEditAction = action("catalog:write", bulkEditInput, async (actor, input) => {
  const { number } = await requestBulkEdit(actor, input);
  revalidatePath("/syncs");
  return { number };
});
