import fc from "fast-check";
import { expect, test } from "vitest";
import { type Candidate, rankProducts } from "./rank-products";
import { searchTerms } from "./search-terms";

const CATEGORIES: Record<string, string[]> = {
  headsets: ["Audio", "Headsets"],
  mounts: ["Video", "Projector Mounts"],
  projectors: ["Video", "Projectors"],
};

function product(id: string, title: string, more: Partial<Candidate> = {}): Candidate {
  return { id, title, codes: id, body: "", brand: null, categoryId: null, ...more };
}

function ranked(q: string, candidates: Candidate[]) {
  const terms = searchTerms(q);
  if (!terms) throw new Error("Nothing is asked.");
  const size = (id: string) => candidates.filter(({ categoryId }) => categoryId === id).length;
  const code = q.replaceAll(/\W/g, "").toLowerCase();
  const ranking = { terms, code, categoryNames: (id: string) => CATEGORIES[id] ?? [], categorySize: size };
  return rankProducts(candidates, ranking).map(({ id }) => id);
}

test("the name counts more than brand or category, and these more than the rest", () => {
  const found = ranked("wombat", [
    product("body", "quartz holder", { body: "a wombat" }),
    product("brand", "quartz holder", { brand: "Wombat", body: "wombat" }),
    product("name", "wombat holder"),
  ]);
  expect(found).toEqual(["name", "brand", "body"]);
});

test("exactly this code comes before everything", () => {
  expect(ranked("toner", [product("a", "toner toner"), product("b", "x", { codes: "b toner" })])).toEqual(["b", "a"]);
});

test("a whole word comes before the beginning of another, words side by side before words apart", () => {
  expect(ranked("fan", [product("begins", "fancy paper"), product("whole", "fan paper")])).toEqual(["whole", "begins"]);
  const apart = product("apart", "camera with a leather case");
  const together = product("together", "a with leather camera case");
  expect(ranked("camera case", [apart, together])).toEqual(["together", "apart"]);
});

test("what the category is about comes before what goes with it", () => {
  const found = ranked("projector", [
    product("mount", "projector wall", { categoryId: "mounts" }),
    product("projector", "projector data", { categoryId: "projectors" }),
  ]);
  expect(found).toEqual(["projector", "mount"]);
});

test("whatever is asked of whatever, all candidates come back once and in one order", () => {
  const word = fc.constantFrom("toner", "toners", "black", "a4", "xerox", "6500");
  const text = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(" "));
  const candidate = fc.record({ title: text, body: text, categoryId: fc.constantFrom(null, "headsets", "mounts") });
  const asked = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));
  fc.assert(
    fc.property(asked, fc.array(candidate, { maxLength: 12 }), (q, drawn) => {
      const candidates = drawn.map((one, at) => product(`p${String(at).padStart(2, "0")}`, one.title, one));
      const order = ranked(q, candidates);
      expect(order.toSorted()).toEqual(candidates.map(({ id }) => id));
      expect(ranked(q, candidates.toReversed())).toEqual(order);
    }),
  );
});
