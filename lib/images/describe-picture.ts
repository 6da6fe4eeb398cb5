import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { editPictures, pictureOf } from "./edit-pictures";
import { parsePictureMetadata, pictureName } from "./own-picture";

/** Shopify's limit for alt texts, in characters. */
const MAX_ALT_LENGTH = 512;

const altText = z.string().trim().max(MAX_ALT_LENGTH, `Use at most ${MAX_ALT_LENGTH} characters.`);

export const describePictureInput = z.object({
  productId: z.string().max(64),
  imageId: z.number().int().positive(),
  /** `from` is what the person saw. */
  altText: z.object({ from: z.string(), to: altText }),
});

/**
 * Says in words what a picture shows, for those who can't see it.
 * @throws {AppError} `conflict` with details `{theirs}` when it says something else by now
 */
export async function describePicture(actor: Actor, input: z.output<typeof describePictureInput>) {
  assertCan(actor, "catalog:write");
  const { from, to } = input.altText;
  await editPictures(actor, input.productId, async (tx, pictures) => {
    const picture = pictureOf(pictures, input.imageId);
    if (picture.altText === to) return { edit: null, result: undefined };
    if (picture.altText !== from) {
      throw new AppError("conflict", `Somebody wrote "${picture.altText}" meanwhile. Save again to replace it.`, {
        details: { theirs: picture.altText },
      });
    }
    const metadata = { ...parsePictureMetadata(picture.metadata), isDescribed: true };
    await tx.productImage.update({ where: { id: picture.id }, data: { altText: to, metadata }, select: { id: true } });
    const field = `alt:${pictureName(picture)}`;
    return {
      edit: { action: "image.describe", before: { [field]: from || null }, after: { [field]: to || null } },
      result: undefined,
    };
  });
}
