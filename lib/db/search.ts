import "server-only";
import type { Part, SearchTerms, Term, Way } from "@/lib/search/search-terms";
import { engine } from "./client";
import { SEARCH_VECTOR } from "./search-expression";

/** SQL with its parameters, in the order of their `?`. */
export interface Fragment {
  sql: string;
  parameters: (string | number)[];
}

/**
 * Where matching products come from: to be the whole FROM of a query that names the product `p` and may name its
 * search document `s`. The matches drive on both engines; the product is looked up by its key.
 */
export function matchingProducts(terms: SearchTerms): Fragment {
  if (engine() === "sqlite") {
    return {
      sql: `"product_search_fts" f CROSS JOIN "ProductSearch" s ON s."docId" = f.rowid
            CROSS JOIN "Product" p ON p."id" = s."productId" AND f."product_search_fts" MATCH ?`,
      parameters: [matchText(terms)],
    };
  }
  // The index is used only for the expression as it stands there, which names its columns without their table.
  return {
    sql: `(SELECT * FROM "ProductSearch" WHERE (${SEARCH_VECTOR}) @@ to_tsquery('simple', ?)) s
          JOIN "Product" p ON p."id" = s."productId"`,
    parameters: [queryText(terms)],
  };
}

/** FTS5's query language. Words are letters and digits only, so quoting them is safe. */
export function matchText(terms: SearchTerms): string {
  return render(terms, {
    and: " AND ",
    or: " OR ",
    term: ({ word, isPrefix }) => `"${word}"${isPrefix ? " *" : ""}`,
    inTitle: (way) => `(title : (${way}))`,
  });
}

/** The language of `to_tsquery`. */
export function queryText(terms: SearchTerms): string {
  return render(terms, { and: " & ", or: " | ", term: ({ word, isPrefix }) => `'${word}'${isPrefix ? ":*" : ""}` });
}

interface Dialect {
  and: string;
  or: string;
  term: (term: Term) => string;
  inTitle?: (way: string) => string;
}

function render(terms: SearchTerms, { and, or, term, inTitle = (way) => way }: Dialect) {
  const join = (parts: string[], by: string) => (parts.length > 1 ? `(${parts.join(by)})` : parts.join(by));
  const part = (spellings: Part) =>
    join(
      spellings.map(({ words }) => join(words.map(term), and)),
      or,
    );
  const way = ({ parts, isTitleOnly }: Way) => {
    const asked = join(parts.map(part), and);
    return isTitleOnly ? inTitle(asked) : asked;
  };
  return join(terms.map(way), or);
}
