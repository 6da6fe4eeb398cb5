/** Shopify's limit for a metafield's key. */
const LONGEST_KEY = 64;

/** A metafield key made of a name: lower case, words joined by `_`. Empty when the name has no letter or digit. */
export function slugKey(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, LONGEST_KEY)
    .replace(/^_+|_+$/g, "");
}

/** The key with something appended that tells it from others, within the limit. */
export function suffixedKey(key: string, suffix: string): string {
  return `${key.slice(0, LONGEST_KEY - suffix.length - 1)}_${suffix}`;
}
