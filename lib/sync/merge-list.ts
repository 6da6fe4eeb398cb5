import type { FeedHandling, FeedMetafield } from "@/lib/feeds/feed-record";

/** A list metafield with what was there before it, where the source's mapping adds to lists. */
export function mergedList(
  metafield: FeedMetafield,
  current: { value: string; type: string } | undefined,
  handling: FeedHandling | undefined,
): FeedMetafield {
  if (!current || !handling?.mergeLists.has(`${metafield.namespace}.${metafield.key}`)) return metafield;
  if (!metafield.type.startsWith("list.") || current.type !== metafield.type) return metafield;
  const before = elementsOf(current.value);
  const added = elementsOf(metafield.value);
  if (!before || !added) return metafield;
  const seen = new Set(before.map((element) => JSON.stringify(element)));
  const news = added.filter((element) => !seen.has(JSON.stringify(element)));
  return { ...metafield, value: news.length === 0 ? current.value : JSON.stringify([...before, ...news]) };
}

/** Null for a value that is no list, which only older data can be: it is replaced then. */
function elementsOf(stored: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
