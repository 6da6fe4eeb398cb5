import { describe, expect, test } from "vitest";
import { attribute, etilizeFeed, product } from "@/lib/testing/etilize-feed";
import { readFeedText } from "@/lib/testing/read-feed";
import { readEtilize } from "./etilize-reader";
import type { ReaderInput } from "./feed-record";

type Files = Parameters<typeof etilizeFeed>[0];

async function read(files: Files = {}, knownDefinitions?: ReaderInput["knownDefinitions"]) {
  const feed = await readFeedText(readEtilize, etilizeFeed(files), knownDefinitions && { knownDefinitions });
  expect(Object.values(feed.uncounted).filter((rows) => rows !== 0)).toEqual([]);
  return feed;
}

test("a product is put together from all tables", async () => {
  const { products, rejections } = await read({
    "EN_US_B_productimages.csv": [
      [1, "Alternate-Image1", "Published"],
      [1, "Thumbnail", "Published"],
      [1, "300", "Published"],
      [1, "Left", "Series Published"],
      [1, "Right", "Withdrawn"],
      [1, "Manufacturer-Brochure", "Published"],
    ],
    "EN_US_SKU_SPR_productskus.csv": [[1, "SP Richards", "SPR1001", 1, "", ""]],
    "EN_US_SKU_UPC_productskus.csv": [[1, "UPC", "4008496273614", 1, "", ""]],
    "EN_US_B_productlocales.csv": [[2, 1, 0, "Published"]],
  });
  expect(rejections).toEqual([]);
  expect(products[0]).toMatchObject({
    key: "1",
    sku: "SPR1001",
    at: { file: "EN_US_B_product.csv", line: 1 },
    categoryKey: "2",
    fields: { name: "Gel pen", brand: "Acme", manufacturerPartNumber: "PN-1", upc: "4008496273614", status: "active" },
    matchBy: [{ type: "upc", code: "4008496273614" }],
    metafields: [{ namespace: "etilize", key: "colour", value: "Black", at: { line: 1 } }],
  });
  expect(products[0]?.images?.map(({ url, altText }) => [url, altText])).toEqual([
    ["https://content.etilize.com/Front/1.jpg", "Gel pen — Front"],
    ["https://content.etilize.com/Alternate-Image1/1.jpg", "Gel pen — Alternate image 1"],
    ["https://content.etilize.com/Left/1.jpg", "Gel pen — Left"],
  ]);
  expect(products[0]?.codes.map(({ type }) => type)).toEqual(["sprc", "upc"]);
  expect(products[1]).toMatchObject({ sku: null, fields: { status: "draft" } });
});

test("R12 every value tells its file and line, and the product its row as it stands", async () => {
  const images = "EN_US_B_productimages.csv";
  const codes = "EN_US_SKU_UPC_productskus.csv";
  const { products, raws } = await read({
    "EN_US_B_product.csv": [product(1), product(2, { partNumber: 'a\n"b"' }), product(3)],
    "EN_US_B_productattributes.csv": [attribute(2, 10, "a\nb"), attribute(1, 10, "Black")],
    [images]: [
      [1, "Left", "Withdrawn"],
      [1, "Right", "Published"],
    ],
    [codes]: [
      [1, "UPC", "4008496273614", 2, "", ""],
      [1, "EAN", "96385074", 1, "", ""],
    ],
  });
  expect(products[0]).toMatchObject({
    places: { images: { file: images, line: 2 }, codes: { file: codes, line: 2 }, upc: { file: codes, line: 2 } },
    metafields: [{ at: { file: "EN_US_B_productattributes.csv", line: 3 } }],
  });
  expect(products[1]?.places?.images).toBeUndefined();
  expect(raws["2"]).toBe('2,5,1,"a\n\\"b\\"",2,0,0,"","",""');
  expect(raws["3"]).toBe('3,5,1,"PN-3",2,0,0,"","",""');
});

describe("metafields", () => {
  test("two attributes of one name are two metafields", async () => {
    const { definitions } = await read({
      "EN_US_B_productattributes.csv": [attribute(1, 11, "A4"), attribute(1, 12, "Large"), attribute(1, 10, "Black")],
    });
    expect(definitions.map(({ key, externalKey }) => [key, externalKey])).toEqual([
      ["size_11", "11"],
      ["size_12", "12"],
      ["colour", "10"],
    ]);
  });

  test.each([
    [["1", "2"], "number_integer", ["1", "2"]],
    [["1", "2.5"], "number_decimal", ["1", "2.5"]],
    [["01", "2"], "single_line_text_field", ["01", "2"]],
    [["Yes", "No"], "boolean", ["true", "false"]],
    [["a\nb", "c"], "multi_line_text_field", ["a\nb", "c"]],
  ])("the values %j are of type %s", async ([first = "", second = ""], type, values) => {
    const { definitions, products } = await read({
      "EN_US_B_productattributes.csv": [attribute(1, 10, first), attribute(2, 10, second)],
    });
    expect(definitions[0]?.type).toBe(type);
    expect(products.map(({ metafields }) => metafields?.[0]?.value)).toEqual(values);
  });

  test("a definition known from earlier keeps key and type, and what misfits is kept as text with a warning", async () => {
    const known = new Map([["10", { namespace: "etilize", key: "shade", type: "number_integer" }]]);
    const { definitions, products, rejections } = await read({}, known);
    expect(definitions[0]).toMatchObject({ key: "shade", type: "number_integer" });
    expect(products[0]?.metafields?.[0]).toMatchObject({
      key: "shade",
      value: "Black",
      type: "single_line_text_field",
    });
    expect(rejections[0]).toMatchObject({ severity: "warning", code: "type_misfit", counted: null, at: { line: 1 } });
  });

  test("a name that an older attribute took gets its id", async () => {
    const known = new Map([["99", { namespace: "etilize", key: "colour", type: "single_line_text_field" }]]);
    expect((await read({}, known)).definitions[0]?.key).toBe("colour_10");
  });

  test("other locales and inactive rows are counted and not read", async () => {
    const { products } = await read({
      "EN_US_B_productattributes.csv": [
        attribute(1, 10, "Noir", { locale: 2 }),
        attribute(1, 10, "Black", { isActive: 0 }),
        attribute(1, 10, ""),
      ],
    });
    expect(products[0]?.metafields).toEqual([]);
    expect(products[0]?.rows["EN_US_B_productattributes.csv"]).toBe(3);
  });

  test("a second value of an attribute is refused, a repeated one is a warning", async () => {
    const { products, rejections } = await read({
      "EN_US_B_productattributes.csv": [attribute(1, 10, "Black"), attribute(1, 10, "Blue"), attribute(1, 10, "Black")],
    });
    expect(products[0]?.metafields).toHaveLength(1);
    expect(rejections.map(({ code, severity, at }) => [code, severity, at.line])).toEqual([
      ["repeat", "warning", 3],
      ["duplicate_attribute", "error", 2],
    ]);
  });
});

describe("rows that can't be taken", () => {
  test("A12 a product id with different content is one error naming both lines, and neither is told", async () => {
    const { products, rejections } = await read({
      "EN_US_B_product.csv": [product(1), product(2), product(1, { partNumber: "OTHER" })],
    });
    expect(products.map(({ key }) => key)).toEqual(["2"]);
    expect(rejections[0]).toMatchObject({
      code: "duplicate_key",
      key: "1",
      counted: { rows: { "EN_US_B_product.csv": 2 } },
    });
    expect(rejections[0]?.reason).toContain("rows 1, 3");
    expect(rejections[0]?.raw.split("\n")).toHaveLength(2);
    expect(rejections.slice(1).map(({ code }) => code)).toEqual(["no_product", "no_product"]);
  });

  test("A12 an identical repeat is a warning and the product is told once", async () => {
    const { products, rejections } = await read({ "EN_US_B_product.csv": [product(1), product(2), product(1)] });
    expect(products).toHaveLength(2);
    expect(rejections).toMatchObject([
      { severity: "warning", code: "repeat", at: { line: 3 }, counted: { as: "repeated" } },
    ]);
  });

  test("A12 a UPC of two products is one error, and neither gets it", async () => {
    const { products, rejections } = await read({
      "EN_US_SKU_UPC_productskus.csv": [
        [1, "UPC", "4008496273614", 1, "", ""],
        [2, "UPC", "04008496273614", 1, "", ""],
        [2, "UPC", "96385074", 1, "", ""],
      ],
    });
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatchObject({
      code: "duplicate_code",
      counted: { rows: { "EN_US_SKU_UPC_productskus.csv": 2 } },
    });
    expect(rejections[0]?.reason).toContain("rows 1, 2");
    expect(products.map(({ fields }) => fields.upc)).toEqual([null, "96385074"]);
  });

  test("rows of a product that is not there are one error per table", async () => {
    const { rejections } = await read({
      "EN_US_B_productattributes.csv": [attribute(7, 10, "Red"), attribute(1, 10, "Black"), attribute(7, 11, "A4")],
    });
    expect(rejections).toMatchObject([
      { code: "no_product", key: "7", at: { line: 3 }, counted: { rows: { "EN_US_B_productattributes.csv": 2 } } },
    ]);
  });

  test.each([
    ["1,5,1", "cut_row"],
    ["x,5,1,PN,2,0,0,,,", "not_a_number"],
    ["3,5,1,PN,two,0,0,,,", "not_a_number"],
    ['3,5,1,"a " b",2,0,0,,,', "stray_quote"],
    ['3,5,1,"open,2,0,0,,,', "stray_quote"],
    ["3,5,1,PN,2,0,0,,,,extra", "too_many_columns"],
    ["3,5,1,P\0N,2,0,0,,,", "nul_byte"],
  ])("R12 the line %j is refused as %s, in its place", async (line, code) => {
    const { products, rejections } = await read({ "EN_US_B_product.csv": [product(1), line, product(2)] });
    expect(products.map(({ key, at }) => [key, at.line])).toEqual([
      ["1", 1],
      ["2", 3],
    ]);
    expect(rejections).toMatchObject([{ severity: "error", code, at: { line: 2 }, raw: line }]);
  });

  test("A04 a code too short is refused", async () => {
    const { rejections } = await read({ "EN_US_SKU_UPC_productskus.csv": [[1, "UPC", "12", 1, "", ""]] });
    expect(rejections[0]?.reason).toContain("code too short");
  });
});

describe("categories", () => {
  const names = (...ids: number[]) => ids.map((id) => [id, `Category ${id}`, 1]);

  test.each([
    [
      "in a circle",
      [
        [3, 4],
        [4, 3],
      ],
      { 3: "cycle", 4: "cycle" },
    ],
    ["its own parent", [[3, 3]], { 3: "cycle" }],
    [
      "below a circle",
      [
        [3, 4],
        [4, 3],
        [5, 3],
      ],
      { 3: "cycle", 4: "cycle", 5: "cycle" },
    ],
    [
      "without a parent",
      [
        [3, 77],
        [4, 3],
      ],
      { 3: "parent_missing", 4: "parent_missing" },
    ],
    [
      "with several parents",
      [
        [3, 1],
        [3, 2],
        [4, 3],
      ],
      { 3: "several_parents", 4: "parent_refused" },
    ],
    [
      "without a name",
      [
        [9, 1],
        [3, 9],
      ],
      { 9: "name_missing", 3: "parent_refused" },
    ],
  ])("%s are refused with the reason", async (_what, tree, refused) => {
    const { categories, rejections } = await read({
      "G_category.csv": [
        [1, 0, 1, 0, 0, 0, ""],
        [2, 1, 1, 0, 1, 0, ""],
        ...tree.map((row) => [...row, 1, 0, 0, 0, ""]),
      ],
      "EN_US_categorynames.csv": names(1, 2, 3, 4, 5),
    });
    expect(categories.map(({ key }) => key)).toEqual(["2"]);
    expect(Object.fromEntries(rejections.map(({ key, code }) => [key, code]))).toEqual(refused);
  });

  test("parents come before children, whatever the order of the file", async () => {
    const { categories } = await read({
      "G_category.csv": [
        [4, 3, 1, 0, 0, 0, ""],
        [3, 2, 1, 0, 0, 0, ""],
        [2, 1, 1, 0, 1, 0, ""],
        [1, 0, 1, 0, 0, 0, ""],
      ],
      "EN_US_categorynames.csv": names(1, 2, 3, 4),
    });
    expect(categories.map(({ key, parentKey }) => [key, parentKey])).toEqual([
      ["2", null],
      ["3", "2"],
      ["4", "3"],
    ]);
  });
});

test.each([
  [{ "EN_US_B_product.csv": null }, "EN_US_B_product.csv"],
  [{ "EN_US_attributenames.csv": null }, "EN_US_attributenames.csv"],
  [{ "EN_US_categorynames.csv": null }, "EN_US_categorynames.csv"],
])("a feed that lacks a table is refused as a whole", async (files, name) => {
  await expect(read(files)).rejects.toThrow(name);
});
