import { slugify } from "@/lib/catalog/slug";
import type { FeedCategory, Place } from "../feed-record";
import type { MappingTarget } from "../mapping";

/** Marks a key that is the address of a category the catalogue has: see CategoryMap. */
export const EXISTING_CATEGORY = "path:";

/** Turns category cells into keys, and tells each category that is to be made before the first product in it. */
export class CategoryTeller {
  private readonly told = new Set<string>();

  /** The key of a cell that names a category, null where it holds nothing but separators. */
  read(
    { by, separator }: Extract<MappingTarget, { to: "category" }>,
    cell: string,
    at: Place,
  ): { key: string | null; before: FeedCategory[] } {
    const names = cell
      .split(separator)
      .map((name) => name.trim())
      .filter((name) => name !== "");
    if (names.length === 0) return { key: null, before: [] };
    if (by === "existing") return { key: EXISTING_CATEGORY + addressOf(cell, names), before: [] };
    const before: FeedCategory[] = [];
    let parentKey: string | null = null;
    for (const name of names) {
      const key: string = parentKey === null ? name : `${parentKey} > ${name}`;
      if (!this.told.has(key)) {
        this.told.add(key);
        before.push({ record: "category", key, name, parentKey, sortOrder: 0, isActive: true, at, rows: {} });
      }
      parentKey = key;
    }
    return { key: parentKey, before };
  }
}

/** An address stands as it is; a full name is written as the address it has by default. */
function addressOf(cell: string, names: string[]): string {
  const isAddress = names.length === 1 && /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(cell.trim());
  return isAddress ? cell.trim() : names.map(slugify).join("/");
}
