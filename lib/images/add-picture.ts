import "server-only";
import { basename } from "node:path";
import { z } from "zod";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { editPictures, type PictureEdit } from "./edit-pictures";
import { fetchOnePicture, parseAddress } from "./fetch-picture";
import { type KeptPicture, keepPicture } from "./image-store";
import { ownView, pictureName } from "./own-picture";
import { fieldOf } from "./remove-picture";

/** The most pictures a product may have; Shopify takes no more. */
export const MAX_PICTURES = 250;

export const fetchPictureInput = z.object({
  productId: z.string().max(64),
  address: z.string().trim().min(1, "Enter the picture's address.").max(2_000),
});

export interface AddedPicture {
  imageId: number;
  /** It had been removed or had lost its file, and stands where it stood. */
  isRestored: boolean;
}

/**
 * Gives a product a picture from a person's own file.
 * @throws {AppError} `conflict` when the product has it; PictureError for what is no picture, damaged or too large
 */
export async function addPicture(
  actor: Actor,
  input: { productId: string; name: string; source: AsyncIterable<Uint8Array> },
): Promise<AddedPicture> {
  assertCan(actor, "catalog:write");
  await assertProduct(input.productId);
  const kept = await keepPicture(input.source);
  return insert(actor, input.productId, kept, { filename: cleanName(input.name) });
}

/**
 * Gives a product a picture from an address on the public internet, fetched now. It is the person's from then on.
 * @throws {AppError} `conflict` when the product has it; PictureError why it can't be had
 */
export async function addPictureFrom(
  actor: Actor,
  { productId, address }: z.output<typeof fetchPictureInput>,
): Promise<AddedPicture> {
  assertCan(actor, "catalog:write");
  await assertProduct(productId);
  const { pathname, href } = parseAddress(address);
  const kept = await fetchOnePicture(href);
  return insert(actor, productId, kept, { filename: cleanName(readable(pathname)), address: href });
}

async function insert(
  actor: Actor,
  productId: string,
  kept: KeptPicture,
  from: { filename: string; address?: string },
): Promise<AddedPicture> {
  return editPictures<AddedPicture>(actor, productId, async (tx, pictures) => {
    const same = pictures.find((picture) => picture.fileHash === kept.fileHash);
    if (same?.isActive && same.storagePath) {
      const name = pictureName(same);
      throw new AppError("conflict", `The product has this very picture already: ${name}.`);
    }
    const shown = pictures.filter((picture) => picture.isActive);
    if (shown.length >= MAX_PICTURES) {
      throw new AppError(
        "conflict",
        `The product has ${MAX_PICTURES} pictures, the most there can be. Remove one first.`,
      );
    }
    const field = fieldOf({ view: ownView(kept.fileHash), ...from });
    const edit: PictureEdit = {
      action: "image.add",
      before: { [field]: null },
      after: { [field]: from.address ?? from.filename },
    };
    if (same) {
      const data = { ...kept, isActive: true, failure: null };
      await tx.productImage.update({ where: { id: same.id }, data, select: { id: true } });
      return { edit, result: { imageId: same.id, isRestored: true } };
    }
    const { id } = await tx.productImage.create({
      data: {
        ...kept,
        productId,
        view: ownView(kept.fileHash),
        filename: from.filename,
        sortOrder: Math.max(-1, ...pictures.map((picture) => picture.sortOrder)) + 1,
        isFeatured: shown.length === 0,
        fetchedAt: new Date(),
        metadata: {
          by: { id: actorUserId(actor) ?? "system", at: new Date().toISOString() },
          ...(from.address && { address: from.address }),
        },
      },
      select: { id: true },
    });
    return { edit, result: { imageId: id, isRestored: false } };
  });
}

/** Before anything is read: nobody sends a file for nothing. */
async function assertProduct(id: string) {
  const product = await db.product.findUnique({ where: { id }, select: { id: true } });
  if (!product) throw new AppError("not_found", "There is no such product.");
}

function cleanName(name: string) {
  const clean = basename(name).replace(/[^\p{L}\p{N}._ -]+/gu, "_");
  return clean.slice(-120) || "picture";
}

function readable(pathname: string) {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    // A stray % is no encoding: the name stays as it is written.
    if (error instanceof URIError) return pathname;
    throw error;
  }
}
