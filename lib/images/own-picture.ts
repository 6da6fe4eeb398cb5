import { z } from "zod";
import type { FieldSource } from "@/lib/catalog/field-source";
import { viewInWords } from "@/lib/feeds/image-view";

/** ProductImage.metadata */
const pictureMetadata = z.object({
  /** Who gave a picture that no feed gave. */
  by: z.object({ id: z.string(), at: z.string() }).optional(),
  /** Where a person had it fetched from. */
  address: z.string().optional(),
  /** The picture of the same product that holds the same file: this one isn't shown beside it. */
  duplicateOf: z.number().optional(),
  /** The alt text is a person's: a feed's newer picture of the view takes it over. */
  isDescribed: z.boolean().optional(),
});
export type PictureMetadata = z.output<typeof pictureMetadata>;

export function parsePictureMetadata(stored: unknown): PictureMetadata {
  return pictureMetadata.safeParse(typeof stored === "string" ? JSON.parse(stored) : stored).data ?? {};
}

/**
 * The view of a picture that a person gave: the hash makes it one of its own, for product, view and address are
 * what a picture is known by. Feeds leave pictures without an address alone.
 */
export function ownView(fileHash: string): string {
  return `own-${fileHash.slice(0, 16)}`;
}

export function isOwnView(view: string): boolean {
  return view.startsWith("own-");
}

/** The person who gave a picture, as sources are kept; null for a feed's. */
export function giverOf(metadata: PictureMetadata): FieldSource | null {
  return metadata.by ? { by: "person", ...metadata.by } : null;
}

/** What a picture is called: its view in words, or the name its file came with. */
export function pictureName(image: { view: string; filename: string }): string {
  return isOwnView(image.view) ? image.filename || "Picture" : viewInWords(image.view);
}
