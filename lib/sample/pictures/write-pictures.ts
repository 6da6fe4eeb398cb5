import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SampleProduct } from "../model";
import { PRODUCT_KINDS } from "../product-kinds";
import { handleOf } from "../shopify-rows";
import { drawShape, type Shape } from "./shapes";

/** The picture of a category's products in the colour that their attributes tell. Null for a category not in the tree. */
export function drawProductPicture(categoryPath: string, attributes: ReadonlyMap<string, string>) {
  const kind = PRODUCT_KINDS.find(({ path }) => path === categoryPath);
  return kind ? drawShape(kind.shape, attributes.get("Color") ?? "White") : null;
}

/** `pen-dark-blue.svg`: products of one shape and colour share a picture. */
function pictureFile(shape: Shape, colour: string) {
  return `${shape}-${handleOf(colour)}.svg`;
}

/** Writes every picture in use into `<folder>/pictures`, and `pictures.json` with {product id: file name}. */
export async function writeSamplePictures(folder: string, products: readonly SampleProduct[]) {
  const pictures = join(folder, "pictures");
  await mkdir(pictures, { recursive: true });
  const drawn = new Map<string, string>();
  const fileOf: Record<string, string> = {};
  for (const { id, kind, colour, hasPicture } of products) {
    const shape = PRODUCT_KINDS[kind]?.shape;
    if (!hasPicture || !shape) continue;
    const file = pictureFile(shape, colour);
    fileOf[id] = file;
    if (!drawn.has(file)) drawn.set(file, drawShape(shape, colour));
  }
  for (const [file, svg] of drawn) await writeFile(join(pictures, file), svg);
  await writeFile(join(pictures, "pictures.json"), `${JSON.stringify(fileOf, null, 1)}\n`);
}
