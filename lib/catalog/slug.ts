import { fold } from "@/lib/search/fold";

/** A name as it stands in a category's path: folded words joined by `-`. Never empty. */
export function slugify(name: string): string {
  const slug = fold(name)
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 100);
  return slug || "unnamed";
}
