import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { typedColumns } from "@/lib/metafields/types";
import { fold, sortKey } from "@/lib/search/fold";
import { actor, createDefinition } from "@/lib/testing/factories";
import { raiseCatalogueVersion } from "../catalogue-version";
import { listProducts } from "../list-products";
import type { Condition } from "./condition";

const PRODUCTS = 150;
const LONG = `${"long pen ".repeat(16)}end`;
const NAMES = [
  "Élan (Black) pen",
  "(black) Pad",
  "Pad 100 %",
  "pen",
  LONG,
  `${LONG}ing`,
  `“${"𝄞".repeat(70)}” key`,
  "A  B",
  "!?",
];
const TEXTS = [
  "Red",
  "dark red",
  "RED",
  "",
  `${"r".repeat(119)}`,
  `${"r".repeat(120)}`,
  `${"r".repeat(125)}ed`,
  `${LONG} Red`,
];

const shape = fc.record({
  name: fc.constantFrom(...NAMES),
  brand: fc.constantFrom("HP", "Émile", "(hp)", null),
  mpn: fc.constantFrom("AB-1", "ab-12", "", "X", null),
  upc: fc.constantFrom("0400", "0401", null),
  weight: fc.constantFrom(1, 250, null),
  price: fc.constantFrom(100, 5_00, 20_00, null),
  stock: fc.constantFrom(0, 3, null),
  colour: fc.constantFrom(...TEXTS, null, null),
  width: fc.constantFrom("1", "2.5", "-3", null),
  pictures: fc.uniqueArray(fc.constantFrom("there", "broken", "waiting", "hidden"), { maxLength: 2 }),
  hasCode: fc.boolean(),
});
type Shape = (typeof shape extends fc.Arbitrary<infer S> ? S : never) & { id: string };
let products: Shape[] = [];

beforeAll(async () => {
  await createDefinition({ namespace: "custom", key: "colour", name: "Colour" });
  await createDefinition({ namespace: "custom", key: "width", name: "Width", type: "number_decimal" });
  products = fc.sample(shape, { numRuns: PRODUCTS, seed: 4 }).map((one, n) => ({ ...one, id: `p${1000 + n}` }));
  await transaction(async (tx) => {
    await insertRows(tx, "Product", products.map(productRow));
    for (const one of products) {
      await tx.productMetafield.createMany({ data: metafieldRows(one) });
      await tx.productImage.createMany({ data: one.pictures.map((state) => pictureRow(one.id, state)) });
      if (one.hasCode) {
        await tx.productCode.create({ data: { productId: one.id, type: "mpn", code: one.id, normalized: one.id } });
      }
    }
    await raiseCatalogueVersion(tx, "products");
  });
});

function productRow({ id, name, brand, mpn, upc, weight, price, stock }: Shape) {
  const at = new Date();
  return {
    ...{ id, sku: id, name, nameKey: sortKey(name), description: "", shortDescription: "", brand, upc },
    ...{ brandKey: brand === null ? null : sortKey(brand), manufacturerPartNumber: mpn, weightGrams: weight },
    ...{ priceCents: price, inventoryQuantity: stock, stockStatus: "unknown", status: "active", fieldSources: {} },
    ...{ version: 1, createdAt: at, updatedAt: at },
  };
}

function metafieldRows({ id, colour, width }: Shape) {
  const of = (key: string, type: string, value: string | null) =>
    value === null ? [] : [{ productId: id, namespace: "custom", key, type, value, ...typedColumns(type, value) }];
  return [...of("colour", "single_line_text_field", colour), ...of("width", "number_decimal", width)];
}

function pictureRow(productId: string, state: string) {
  const storagePath = state === "there" ? "images/x.png" : null;
  const failure = state === "broken" ? "The server said 404." : null;
  return { productId, url: state, view: state, isActive: state !== "hidden", storagePath, failure };
}

type Ask = [Condition, (product: Shape) => boolean];
const ascii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Parts of what is there, so that most conditions find something and miss something. */
const part = (texts: string[]) =>
  fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat())
    .map(([text, from, length]) => {
      const letters = [...text];
      const at = from % Math.max(1, letters.length);
      return letters
        .slice(at, at + 1 + (length % 130))
        .join("")
        .trim();
    })
    .filter((text) => text !== "");

const negatable =
  (field: string, [has, hasnt]: [string, string], holds: (product: Shape, text: string) => boolean) =>
  (text: string) =>
    fc
      .boolean()
      .map(
        (isNot): Ask => [
          { field, op: isNot ? hasnt : has, values: [text] },
          (product) => holds(product, text) !== isNot,
        ],
      );

const inName = ({ name }: Shape, text: string) =>
  sortKey(name).includes(fold(text)) || ascii(name).includes(ascii(text));
const inBrand = ({ brand }: Shape, text: string) =>
  brand !== null && (sortKey(brand).includes(fold(text)) || ascii(brand).includes(ascii(text)));
const within = (of: (product: Shape) => string | null) => (product: Shape, text: string) =>
  ascii(of(product) ?? "").includes(ascii(text));
const same = (of: (product: Shape) => string | null) => (product: Shape, text: string) => {
  const value = of(product);
  return value !== null && ascii(value) === ascii(text);
};
const colour = (product: Shape) => product.colour;
const mpn = (product: Shape) => product.mpn;
const COLOUR = "m.custom.colour";

const emptiness = (field: string, of: (product: Shape) => unknown) =>
  fc.boolean().map((isEmpty): Ask => {
    const isBlank = (product: Shape) => of(product) === null || of(product) === "";
    return [{ field, op: isEmpty ? "empty" : "filled", values: [] }, (product) => isBlank(product) === isEmpty];
  });

const figures = (field: string, of: (product: Shape) => number | null, values: number[]) =>
  fc.tuple(fc.constantFrom("lt", "gt", "is", "not"), fc.constantFrom(...values)).map(
    ([op, limit]): Ask => [
      { field, op, values: [String(limit)] },
      (product) => {
        const value = of(product);
        if (op === "not") return value !== limit;
        if (value === null) return false;
        return op === "lt" ? value < limit : op === "gt" ? value > limit : value === limit;
      },
    ],
  );

const STATES = { has: "there", broken: "broken", waiting: "waiting" } as const;
const pictured = (product: Shape, word: string) => {
  const shown = product.pictures.filter((state) => state !== "hidden");
  if (word === "has") return shown.length > 0;
  if (word === "none") return shown.length === 0;
  return shown.includes(STATES[word as "broken" | "waiting"]); // the words are given below
};
const pictures = fc
  .tuple(
    fc.constantFrom("any", "none"),
    fc.uniqueArray(fc.constantFrom("has", "none", "broken", "waiting"), { minLength: 1, maxLength: 2 }),
  )
  .map(
    ([op, values]): Ask => [
      { field: "image", op, values },
      (product) => values.some((word) => pictured(product, word)) === (op === "any"),
    ],
  );

const ask: fc.Arbitrary<Ask> = fc.oneof(
  part(NAMES).chain(negatable("name", ["has", "hasnt"], inName)),
  part(NAMES).map(
    (text): Ask => [
      { field: "name", op: "starts", values: [text] },
      ({ name }) => sortKey(name).startsWith(sortKey(text)),
    ],
  ),
  part(["HP", "Émile", "(hp)"]).chain(negatable("brand", ["has", "hasnt"], inBrand)),
  part(["AB-1", "ab-12", "X"]).chain(negatable("mpn", ["has", "hasnt"], within(mpn))),
  fc.constantFrom("AB-1", "x").chain(negatable("mpn", ["is", "not"], same(mpn))),
  part(TEXTS).chain(negatable(COLOUR, ["has", "hasnt"], within(colour))),
  fc.constantFrom(...TEXTS.filter(Boolean)).chain(negatable(COLOUR, ["is", "not"], same(colour))),
  part(TEXTS).map(
    (text): Ask => [
      { field: COLOUR, op: "starts", values: [text] },
      (product) => product.colour !== null && ascii(product.colour).startsWith(ascii(text)),
    ],
  ),
  emptiness("mpn", mpn),
  emptiness("upc", ({ upc }) => upc),
  emptiness("brand", ({ brand }) => brand),
  emptiness(COLOUR, colour),
  emptiness("m.custom.width", ({ width }) => width),
  emptiness("code", ({ hasCode }) => (hasCode ? "x" : null)),
  figures("weight", ({ weight }) => weight, [1, 100, 250]),
  figures("price", ({ price }) => (price === null ? null : price / 100), [1, 5, 7]),
  figures("stock", ({ stock }) => stock, [0, 3]),
  figures("m.custom.width", ({ width }) => (width === null ? null : Number(width)), [1, 2, 2.5]),
  pictures,
);
const join = fc.constantFrom("all" as const, "any" as const);
const groups = fc.array(fc.record({ join, asks: fc.array(ask, { minLength: 1, maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 3,
});
const sort = fc.constantFrom("name", "price", "brand", "updated", "m.custom.colour", "m.custom.width");

test("C17 C20 any filter, however put together, finds exactly what reading every product finds, in any order", async () => {
  await fc.assert(
    fc.asyncProperty(join, groups, sort, async (joined, chosen, sorted) => {
      const holds = (product: Shape) => {
        const met = chosen.map((group) =>
          meets(
            group.join,
            group.asks.map(([, test]) => test(product)),
          ),
        );
        return meets(joined, met);
      };
      const expected = products.filter(holds).map(({ id }) => id);
      const conditions = {
        join: joined,
        groups: chosen.map((group) => ({ join: group.join, conditions: group.asks.map(([condition]) => condition) })),
      };
      // Counted exactly, a long list is walked in the order of its index and a short one gathered.
      for (const [size, exact] of [
        [200, false],
        [200, true],
        [5, true],
      ] as const) {
        const list = await listProducts(actor("staff"), { conditions, sort: sorted as "name", size, exact });
        expect(list.problems).toEqual([]);
        expect(list.total.count).toBe(expected.length);
        const ids = list.rows.map(({ id }) => id);
        if (size > PRODUCTS) expect(ids.toSorted()).toEqual(expected);
        else expect(ids).toHaveLength(Math.min(size, expected.length));
      }
    }),
    { numRuns: 120 },
  );
});

function meets(by: "all" | "any", met: boolean[]) {
  return by === "all" ? met.every(Boolean) : met.some(Boolean);
}
