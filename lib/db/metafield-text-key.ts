/** Characters of a metafield's text that are sorted and looked at without its row. */
export const METAFIELD_TEXT_LENGTH = 120;

/**
 * How the text of a metafield is sorted and looked for: small letters, and no more of a long text than matters on a
 * screen. An index holds it, which a query uses only if it repeats this expression to the letter.
 * @param alias the metafield's in the query
 */
export function metafieldTextKey(alias?: string): string {
  return `substr(lower(${alias ? `${alias}.` : ""}"value"), 1, ${METAFIELD_TEXT_LENGTH})`;
}
