import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { type EditedPicture, editPictures, pictureOf } from "./edit-pictures";
import { pictureName } from "./own-picture";

export const pictureInput = z.object({ productId: z.string().max(64), imageId: z.number().int().positive() });
type PictureInput = z.output<typeof pictureInput>;

/**
 * Takes a picture off the product. It is kept out of sight: it can be put back, and a feed that still gives it does
 * not bring it back.
 * @throws {AppError} `conflict` when somebody took it off before
 */
export async function removePicture(actor: Actor, { productId, imageId }: PictureInput) {
  assertCan(actor, "catalog:write");
  await editPictures(actor, productId, async (tx, pictures) => {
    const picture = pictureOf(pictures, imageId);
    if (!picture.isActive) throw new AppError("conflict", "Somebody removed this picture already.");
    await tx.productImage.update({ where: { id: imageId }, data: { isActive: false }, select: { id: true } });
    const field = fieldOf(picture);
    return {
      edit: { action: "image.remove", before: { [field]: whereFrom(picture) }, after: { [field]: null } },
      result: undefined,
    };
  });
}

/**
 * Puts a removed picture back where it stood.
 * @throws {AppError} `conflict` when it stands there already
 */
export async function restorePicture(actor: Actor, { productId, imageId }: PictureInput) {
  assertCan(actor, "catalog:write");
  await editPictures(actor, productId, async (tx, pictures) => {
    const picture = pictureOf(pictures, imageId);
    if (picture.isActive) throw new AppError("conflict", "This picture is back already.");
    await tx.productImage.update({ where: { id: imageId }, data: { isActive: true }, select: { id: true } });
    const field = fieldOf(picture);
    return {
      edit: { action: "image.restore", before: { [field]: null }, after: { [field]: whereFrom(picture) } },
      result: undefined,
    };
  });
}

/** A picture in the history, by its name. */
export function fieldOf(picture: Pick<EditedPicture, "view" | "filename">): string {
  return `image:${pictureName(picture)}`;
}

/** What the history says a picture was: its address, or the name of the file that came. */
export function whereFrom(picture: Pick<EditedPicture, "url" | "filename">): string {
  return picture.url || picture.filename;
}
