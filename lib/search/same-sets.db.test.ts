import fc from "fast-check";
import { expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { listProducts } from "@/lib/catalog/list-products";
import { db, transaction } from "@/lib/db/client";
import { actor, createCategory, createCode, createProduct } from "@/lib/testing/factories";
import { refreshSearch } from "./refresh-search";
import { type SearchTerms, searchTerms } from "./search-terms";

const WORDS = ["toner", "toners", "ton", "tonic", "battery", "batteries", "A4", "a-4", "Größe", "006R-90321", "90321"];

/** What a search means, without an index: the same on either engine. */
function matches(words: string[], terms: SearchTerms) {
  const holds = (word: string, isPrefix: boolean) =>
    words.some((own) => (isPrefix ? own.startsWith(word) : own === word));
  return terms.some(({ parts }) =>
    parts.every((part) => part.some((spelling) => spelling.words.every((one) => holds(one.word, one.isPrefix)))),
  );
}

test("C14 both engines find exactly the products that a search means, in a category too", async () => {
  const category = await createCategory({ name: "Power & Batteries" });
  const ids: string[] = [];
  for (const [at, first] of WORDS.entries()) {
    for (const second of WORDS.slice(at % 3, (at % 3) + 4)) {
      const product = await createProduct({
        name: `${first} ${second}`,
        brand: at % 2 ? "Tonerra" : null,
        categoryId: at % 3 ? category.id : null,
      });
      if (at % 4 === 0) await createCode(product.id, { code: `${second}/${at}` });
      ids.push(product.id);
    }
  }
  await transaction(async (tx) => {
    await refreshSearch(tx, ids);
    await raiseCatalogueVersion(tx, "products");
    await raiseCatalogueVersion(tx, "categories");
  });
  const documents = await db.productSearch.findMany({ include: { product: { select: { categoryId: true } } } });
  const word = fc.oneof(
    fc.constantFrom(...WORDS, "power", "tonerra", "906"),
    fc.constantFrom(...WORDS).chain((text) => fc.nat(text.length).map((length) => text.slice(0, length))),
  );
  const typed = fc.tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom("", " "));
  await fc.assert(
    fc.asyncProperty(typed, fc.boolean(), async ([parts, end], isInCategory) => {
      const q = parts.join(" ") + end;
      const terms = searchTerms(q, { isLiteral: true });
      const meant = documents.filter(
        ({ title, codes, body, product }) =>
          terms &&
          (!isInCategory || product.categoryId === category.id) &&
          matches(`${title} ${codes} ${body}`.split(" "), terms),
      );
      const place = isInCategory ? ({ kind: "category", id: category.id } as const) : ({ kind: "all" } as const);
      const list = await listProducts(actor("staff"), { q, literal: true, place, size: 200, exact: true });
      if (!terms) return;
      expect(list.rows.map(({ id }) => id).toSorted()).toEqual(meant.map(({ productId }) => productId).toSorted());
      const byName = await listProducts(actor("staff"), { q, literal: true, place, size: 200, sort: "name" });
      expect(byName.total.count).toBe(meant.length);
    }),
    { numRuns: 80 },
  );
});
