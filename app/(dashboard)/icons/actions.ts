"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { chooseIcon } from "@/lib/icons/activate";
import { activateChosen, activateChosenInput } from "@/lib/icons/activate-icons";
import { assignIcons, assignIconsInput } from "@/lib/icons/assign-icons";
import { deleteIcons, deleteIconsInput } from "@/lib/icons/delete-icons";
import { iconExport, requestIconExport } from "@/lib/icons/export/export-job";
import { mergeIcons, mergeIconsInput } from "@/lib/icons/merge-icons";
import { reviewIcons, reviewIconsInput } from "@/lib/icons/review-icons";
import { takeBackAnswers, takeBackInput } from "@/lib/icons/take-back";

export const reviewIconsAction = action("catalog:write", reviewIconsInput, async (actor, input) => {
  const answered = await reviewIcons(actor, input);
  revalidatePath("/icons", "layout");
  return answered;
});

export const activateIconsAction = action("catalog:write", activateChosenInput, async (actor, input) => {
  const activated = await activateChosen(actor, input);
  revalidatePath("/icons", "layout");
  return activated;
});

export const assignIconsAction = action("catalog:write", assignIconsInput, async (actor, input) => {
  const assigned = await assignIcons(actor, input);
  revalidatePath("/icons", "layout");
  return assigned;
});

export const mergeIconsAction = action("catalog:write", mergeIconsInput, async (actor, input) => {
  const merged = await mergeIcons(actor, input);
  revalidatePath("/icons", "layout");
  return merged;
});

export const takeBackAction = action("catalog:write", takeBackInput, async (actor, input) => {
  const back = await takeBackAnswers(actor, input);
  revalidatePath("/icons", "layout");
  return back;
});

export const deleteIconsAction = action("catalog:write", deleteIconsInput, async (actor, input) => {
  const deleted = await deleteIcons(actor, input);
  revalidatePath("/icons", "layout");
  return deleted;
});

const choice = z.object({ categoryId: z.uuid(), iconId: z.uuid().nullable(), seenIconId: z.uuid().nullable() });

export const chooseIconAction = action("catalog:write", choice, async (actor, input) => {
  const chosen = await chooseIcon(actor, input);
  revalidatePath(`/categories/${input.categoryId}`);
  return chosen;
});

export const exportIconsAction = action("catalog:read", iconExport, requestIconExport);
