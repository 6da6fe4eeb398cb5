import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import { AppError } from "@/lib/errors";
import { editPictures } from "./edit-pictures";
import { pictureName } from "./own-picture";
import { arrangedPlace, isReordering } from "./picture-order";

const order = z.array(z.number().int().positive()).max(1_000);

export const arrangePicturesInput = z.object({
  productId: z.string().max(64),
  /** Ids in the order that the person saw. */
  from: order,
  /** The same ids in the order that they want; the first is the main picture. */
  to: order,
});

/**
 * Puts a product's pictures in a person's order, which feeds keep to: what they give later stands behind.
 * @throws {AppError} `conflict` when the pictures are no longer those that the person saw
 */
export async function arrangePictures(actor: Actor, { productId, from, to }: z.output<typeof arrangePicturesInput>) {
  assertCan(actor, "catalog:write");
  if (!isReordering(from, to)) throw new AppError("invalid_input", "The new order must hold each picture once.");
  await editPictures(actor, productId, async (tx, pictures) => {
    const shown = pictures.filter((picture) => picture.isActive);
    const ids = shown.map(({ id }) => id);
    if (ids.join() === to.join()) return { edit: null, result: undefined };
    if (ids.join() !== from.join()) {
      throw new AppError(
        "conflict",
        "Somebody changed these pictures since you opened the page. Look again, then order them.",
      );
    }
    const updatedAt = new Date();
    const rows = to.map((id, at) => ({
      id,
      sortOrder: arrangedPlace(at, to.length),
      isFeatured: at === 0,
      updatedAt,
    }));
    await updateRows(tx, "ProductImage", ["id"], rows);
    const names = new Map(shown.map((picture) => [picture.id, pictureName(picture)]));
    const inWords = (list: number[]) => list.map((id) => names.get(id)).join(", ");
    const edit = {
      action: "image.arrange",
      before: { pictureOrder: inWords(from) },
      after: { pictureOrder: inWords(to) },
    };
    return { edit, result: undefined };
  });
}
