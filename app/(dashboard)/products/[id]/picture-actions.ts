"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { addPictureFrom, fetchPictureInput } from "@/lib/images/add-picture";
import { arrangePictures, arrangePicturesInput } from "@/lib/images/arrange-pictures";
import { describePicture, describePictureInput } from "@/lib/images/describe-picture";
import { pictureInput, removePicture, restorePicture } from "@/lib/images/remove-picture";

export const fetchPictureAction = action("catalog:write", fetchPictureInput, async (actor, input) => {
  const added = await addPictureFrom(actor, input);
  revalidatePath(`/products/${input.productId}`);
  return added;
});

export const arrangePicturesAction = action("catalog:write", arrangePicturesInput, async (actor, input) => {
  await arrangePictures(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const describePictureAction = action("catalog:write", describePictureInput, async (actor, input) => {
  await describePicture(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const removePictureAction = action("catalog:write", pictureInput, async (actor, input) => {
  await removePicture(actor, input);
  revalidatePath(`/products/${input.productId}`);
});

export const restorePictureAction = action("catalog:write", pictureInput, async (actor, input) => {
  await restorePicture(actor, input);
  revalidatePath(`/products/${input.productId}`);
});
