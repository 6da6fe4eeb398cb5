import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const pictureIndex = z.record(z.string().regex(/^\d+$/), z.string().regex(/^[a-z0-9-]+\.svg$/));

/** Where the sample's pictures lie: {product id of the content feed: path of an SVG}. Throws when the folder has none. */
export async function readSamplePictures(folder: string): Promise<Map<string, string>> {
  const pictures = join(folder, "pictures");
  const index = pictureIndex.parse(JSON.parse(await readFile(join(pictures, "pictures.json"), "utf8")));
  return new Map(Object.entries(index).map(([productId, file]) => [productId, join(pictures, file)]));
}
