"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import {
  checkValuesInput,
  newDefinitionInput,
  orderPinnedInput,
  retypeDefinitionInput,
  updateDefinitionInput,
} from "@/lib/metafields/definitions/definition-input";
import {
  definitionInput,
  deleteDefinition,
  deleteDefinitionInput,
  previewDeletion,
  removeValuesInput,
  requestValueRemoval,
} from "@/lib/metafields/definitions/delete-definition";
import {
  createDefinition,
  orderPinned,
  retypeDefinition,
  updateDefinition,
} from "@/lib/metafields/definitions/mutations";
import { checkedInput, getValueCheck, previewDefinition } from "@/lib/metafields/definitions/preview-definition";
import { restoreDefinition } from "@/lib/metafields/definitions/restore-definition";

export const createDefinitionAction = action("catalog:write", newDefinitionInput, async (actor, input) => {
  const made = await createDefinition(actor, input);
  revalidatePath("/metafields");
  return made;
});

export const updateDefinitionAction = action("catalog:write", updateDefinitionInput, async (actor, input) => {
  const saved = await updateDefinition(actor, input);
  revalidatePath(`/metafields/${input.id}`);
  return saved;
});

export const retypeDefinitionAction = action("catalog:write", retypeDefinitionInput, async (actor, input) => {
  const saved = await retypeDefinition(actor, input);
  revalidatePath(`/metafields/${input.id}`);
  return saved;
});

export const orderPinnedAction = action("catalog:write", orderPinnedInput, async (actor, input) => {
  await orderPinned(actor, input);
  revalidatePath("/metafields");
});

export const previewDefinitionAction = action("catalog:write", checkValuesInput, previewDefinition);

export const getValueCheckAction = action("catalog:write", checkedInput, getValueCheck);

export const previewDeletionAction = action("catalog:write", definitionInput, previewDeletion);

export const removeValuesAction = action("catalog:write", removeValuesInput, async (actor, input) => {
  const asked = await requestValueRemoval(actor, input);
  revalidatePath("/syncs");
  return asked;
});

export const deleteDefinitionAction = action("catalog:write", deleteDefinitionInput, async (actor, input) => {
  await deleteDefinition(actor, input);
  revalidatePath("/metafields");
});

export const restoreDefinitionAction = action("catalog:write", definitionInput, async (actor, input) => {
  await restoreDefinition(actor, input);
  revalidatePath("/metafields");
});
