/**
 * What PostgreSQL's search index holds. A query uses the index only if it repeats this expression to the letter;
 * it names ProductSearch's columns without their table, so select FROM "ProductSearch" alone or in a subquery.
 */
export const SEARCH_VECTOR = [
  `setweight(to_tsvector('simple'::regconfig, "title"), 'A')`,
  `setweight(to_tsvector('simple'::regconfig, "codes"), 'A')`,
  `setweight(to_tsvector('simple'::regconfig, "body"), 'C')`,
].join(" || ");
