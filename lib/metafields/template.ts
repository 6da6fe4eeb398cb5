/** What a category asks of its products, as stored. */
export interface TemplateEntry {
  /** Of the category that asks. */
  path: string;
  categoryName: string;
  namespace: string;
  key: string;
  isRequired: boolean;
  position: number;
}

/** A metafield that a product shall have, and who says so. */
export interface ExpectedMetafield {
  namespace: string;
  key: string;
  isRequired: boolean;
  /** The category that asks; null: every product shall have it. */
  askedBy: string | null;
}

/**
 * What products of a category shall have: what it asks itself and what those above it ask, from the top, each in its
 * own order; then what every product shall have. The nearest category decides whether a metafield is required,
 * but what every product shall have is required everywhere.
 */
export function templateAt(
  path: string | null,
  entries: readonly TemplateEntry[],
  everywhere: readonly { namespace: string; key: string }[],
): ExpectedMetafield[] {
  const expected = new Map<string, ExpectedMetafield>();
  for (const entry of path === null ? [] : entries.filter((one) => isAtOrAbove(one.path, path)).sort(byPlace)) {
    const { namespace, key, isRequired, categoryName } = entry;
    expected.set(`${namespace}.${key}`, { namespace, key, isRequired, askedBy: categoryName });
  }
  for (const { namespace, key } of everywhere) {
    const asked = expected.get(`${namespace}.${key}`);
    if (asked) asked.isRequired = true;
    else expected.set(`${namespace}.${key}`, { namespace, key, isRequired: true, askedBy: null });
  }
  return [...expected.values()];
}

function isAtOrAbove(above: string, path: string) {
  return path === above || path.startsWith(`${above}/`);
}

/** Of categories above one another the higher has the shorter path. */
function byPlace(a: TemplateEntry, b: TemplateEntry) {
  return a.path.length - b.path.length || a.position - b.position || compare(a.namespace + a.key, b.namespace + b.key);
}

function compare(a: string, b: string) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
