import type { FieldSource } from "@/lib/catalog/field-source";
import type { SourceWords, SourceWriter } from "@/lib/catalog/source-words";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { giverOf, isOwnView, type PictureMetadata, parsePictureMetadata, pictureName } from "./own-picture";

/** What a product's page needs of its pictures, those taken away too. */
export const pictureSelect = {
  id: true,
  url: true,
  view: true,
  filename: true,
  altText: true,
  storagePath: true,
  fileHash: true,
  fileSize: true,
  format: true,
  width: true,
  height: true,
  failure: true,
  isFeatured: true,
  isActive: true,
  metadata: true,
} satisfies Prisma.ProductImageSelect;
type PictureRow = Prisma.ProductImageGetPayload<{ select: typeof pictureSelect }>;

export interface PictureView {
  id: number;
  /** `Front`, or the name of a person's file. */
  name: string;
  view: string;
  altText: string;
  /** Where its file came from or is to be fetched; null for an upload. */
  address: string | null;
  hasFile: boolean;
  hash: string | null;
  fileSize: number | null;
  format: string | null;
  /** Pixels. */
  width: number | null;
  height: number | null;
  /** Why there is no file; null also where nobody has tried. */
  failure: string | null;
  isFeatured: boolean;
  /** A person gave it; feeds leave it alone. */
  isOwn: boolean;
  source: SourceWords;
}

/** The sources that a product's pictures name, to be looked up with its others. */
export function pictureSources(rows: PictureRow[]): (FieldSource | null)[] {
  return rows.map((row) => giverOf(parsePictureMetadata(row.metadata)));
}

/** A product's pictures in their order, and those that a person took away. `feeds` is where its feeds' pictures came from. */
export function viewPictures(rows: PictureRow[], feeds: FieldSource | null, writer: SourceWriter) {
  const told = rows.map((row) => ({ row, metadata: parsePictureMetadata(row.metadata) }));
  const view = ({ row, metadata }: (typeof told)[number]) => viewPicture(row, metadata, feeds, writer);
  return {
    images: told.filter(({ row }) => row.isActive).map(view),
    removedImages: told.filter(({ row, metadata }) => !row.isActive && metadata.duplicateOf === undefined).map(view),
  };
}

function viewPicture(
  row: PictureRow,
  metadata: PictureMetadata,
  feeds: FieldSource | null,
  writer: SourceWriter,
): PictureView {
  const { id, view, url, altText, storagePath, fileHash, fileSize, format, width, height, failure, isFeatured } = row;
  return {
    ...{ id, view, altText, fileSize, format, width, height, failure, isFeatured },
    name: pictureName(row),
    address: metadata.address ?? (url || null),
    hasFile: storagePath !== null,
    hash: fileHash,
    isOwn: isOwnView(view),
    source: writer.words(giverOf(metadata) ?? feeds),
  };
}
