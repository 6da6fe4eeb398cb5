import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Actor } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type Tx, transaction } from "@/lib/db/client";
import { lockProduct } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/sqlite/client";

const editedPicture = {
  id: true,
  productId: true,
  view: true,
  url: true,
  filename: true,
  altText: true,
  fileHash: true,
  storagePath: true,
  sortOrder: true,
  isFeatured: true,
  isActive: true,
  metadata: true,
} satisfies Prisma.ProductImageSelect;
export type EditedPicture = Prisma.ProductImageGetPayload<{ select: typeof editedPicture }>;

/** What an edit of pictures comes to: null when all stands as asked already. */
export interface PictureEdit {
  /** `image.add`, `image.arrange` … */
  action: string;
  before: Prisma.InputJsonObject;
  after: Prisma.InputJsonObject;
}

/**
 * Edits a product's pictures: held against everybody else's, with the trail's entry and the product's new version in
 * the same transaction. `edit` gets all its pictures, those taken away too, in their order.
 * @throws {AppError} `not_found` for an unknown product
 */
export async function editPictures<T>(
  actor: Actor,
  productId: string,
  edit: (tx: Tx, pictures: EditedPicture[]) => Promise<{ edit: PictureEdit | null; result: T }>,
): Promise<T> {
  return transaction(async (tx) => {
    if (!(await lockProduct(tx, productId))) throw new AppError("not_found", "There is no such product.");
    const pictures = await tx.productImage.findMany({
      where: { productId },
      select: editedPicture,
      orderBy: [{ isFeatured: "desc" }, { sortOrder: "asc" }, { id: "asc" }],
    });
    const done = await edit(tx, pictures);
    if (!done.edit) return done.result;
    const { action, before, after } = done.edit;
    await tx.product.update({ where: { id: productId }, data: { version: { increment: 1 } }, select: { id: true } });
    await raiseCatalogueVersion(tx, "products");
    await recordAudit(tx, actor, action, { entity: "product", entityId: productId }, { before, after });
    return done.result;
  });
}

/** @throws {AppError} `not_found` */
export function pictureOf(pictures: EditedPicture[], id: number): EditedPicture {
  const picture = pictures.find((one) => one.id === id);
  if (!picture) throw new AppError("not_found", "This picture is gone: its feed no longer gives it.");
  return picture;
}
