import { extname } from "node:path";

interface Named {
  id: string;
  fileHash: string;
  storagePath: string;
  category: { path: string; slug: string } | null;
}

/** No folder of a zip is nested deeper or named longer than old programs can unpack. */
const MOST_LETTERS = 180;

/**
 * Where an icon lies in the zip: below its category's path, called after the category and the beginning of its hash, so
 * that no two have one name. Paths are of slugs and can't lead out of the folder that they are unpacked into.
 */
export function archiveName({ fileHash, storagePath, category }: Named): string {
  const ending = /^\.[a-z0-9]{1,5}$/.test(extname(storagePath)) ? extname(storagePath) : ".bin";
  const mark = fileHash.replace(/[^a-z0-9]/gi, "").slice(0, 12);
  if (!category) return `icons/unassigned/${mark}${ending}`;
  const folders = category.path.split("/").map(safe);
  while (folders.length > 1 && folders.join("/").length > MOST_LETTERS) folders.shift();
  return `icons/${folders.join("/").slice(-MOST_LETTERS)}/${safe(category.slug).slice(0, 60)}-${mark}${ending}`;
}

/** Slugs are safe already; one that came from elsewhere is made so. */
function safe(slug: string) {
  return slug.replace(/[^\p{L}\p{N}_-]+/gu, "_").replace(/^$/, "_");
}
