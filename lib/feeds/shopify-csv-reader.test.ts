import { describe, expect, test } from "vitest";
import { readFeedText } from "@/lib/testing/read-feed";
import { readShopifyCsv } from "./shopify-csv-reader";

async function read(csv: string) {
  const feed = await readFeedText(readShopifyCsv, { "feed.csv": csv });
  expect(feed.uncounted).toEqual({ "feed.csv": 0 });
  return feed;
}

/** A CSV of a header and rows; cells hold no separators here. */
function csv(header: string[], ...rows: string[][]) {
  return [header, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

const list = (name: string) => `Metafield: custom.${name}[list.single_line_text]`;

test("A08 metafields get Shopify's types, dotted names become one JSON, empty cells are skipped", async () => {
  const { products, definitions } = await read(
    csv(
      ["Handle", "Title", list("CWS_A"), "Metafield: custom.specifications.brand", list("color")],
      ["pen", "Pen", "HEWC2P24AN", "HP", ""],
    ),
  );
  expect(products[0]?.metafields).toEqual([
    { namespace: "custom", key: "cws_a", type: "list.single_line_text_field", value: '["HEWC2P24AN"]' },
    { namespace: "custom", key: "specifications", type: "json", value: '{"brand":"HP"}' },
  ]);
  expect(definitions.map(({ key }) => key)).toEqual(["cws_a", "specifications"]);
});

test("dotted names of any depth share one JSON, and no header reaches a prototype", async () => {
  const { products } = await read(
    csv(
      [
        "Handle",
        "Title",
        "Metafield: custom.s.__proto__.x",
        "Metafield: custom.s.a",
        "Metafield: custom.s.a.b",
        list("__proto__"),
      ],
      ["pen", "Pen", "1", "2", "3", "4"],
    ),
  );
  expect(products[0]?.metafields?.map(({ key, value }) => [key, value])).toEqual([
    ["proto", '["4"]'],
    ["s", '{"__proto__":{"x":"1"},"a":"2","a.b":"3"}'],
  ]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("a header that comes twice gives two metafields, but one where both cells are equal", async () => {
  const { products, definitions } = await read(
    csv(
      ["Handle", "Title", list("Size"), list("Size")],
      ["a", "A", "1", "2"],
      ["b", "B", "3", "3"],
      ["c", "C", "", "4"],
    ),
  );
  expect(products.map(({ metafields }) => metafields?.map(({ key, value }) => `${key}${value}`))).toEqual([
    ['size["1"]', 'size_2["2"]'],
    ['size["3"]'],
    ['size_2["4"]'],
  ]);
  expect(new Set(definitions.map(({ externalKey }) => externalKey)).size).toBe(2);
});

test("the key is the SPRC code, else the CWS code, else the handle, never the URL handle", async () => {
  const { products } = await read(
    csv(
      ["URL handle", "Handle", "Title", list("SPRC"), list("CWS_A"), list("CWS_Catalog"), "Barcode"],
      ["u", "a", "A", "SPR1", "CWS1", "", "96385074"],
      ["u", "b", "B", "", "CWS2", "CAT2", ""],
      ["u", "c", "C", "", "", "", ""],
    ),
  );
  expect(products.map(({ key, sku }) => [key, sku])).toEqual([
    ["SPR1", "SPR1"],
    ["CWS2", "CWS2"],
    ["c", "c"],
  ]);
  expect(products[0]?.matchBy.map(({ type }) => type)).toEqual(["sprc", "cws", "upc"]);
  expect(products[1]?.codes.map(({ type }) => type)).toEqual(["cws", "cws_catalog"]);
});

test("A09 a product's pictures are its rows, in their order", async () => {
  const header = ["Handle", "Title", "Vendor", "Product image URL", "Image alt text"];
  const picture = (view: string) => `https://content.etilize.com/${view}/1012345.jpg`;
  const { products } = await read(
    csv(
      header,
      ["pen", "Gel pen", "Acme", picture("Front"), "Gel pen"],
      ["pen", "", "", picture("Left"), ""],
      ["pen", "", "", picture("Alternate-Image1"), ""],
      ["ink", "Ink", "Acme", picture("Front"), "Blue ink"],
    ),
  );
  expect(products[0]?.images?.map(({ url, altText }) => [url, altText])).toEqual([
    [picture("Front"), "Gel pen — Front"],
    [picture("Left"), "Gel pen — Left"],
    [picture("Alternate-Image1"), "Gel pen — Alternate image 1"],
  ]);
  expect(products[0]?.rows).toEqual({ "feed.csv": 3 });
  expect(products[1]?.images?.[0]?.altText).toBe("Blue ink");
});

test("R12 a product's rows can be had as they stand, should it be refused later", async () => {
  const feed = await read('Handle,Title,Vendor\r\npen,"Gel\r\npen",Café\r\n\r\npen,,\r\nink,Ink,x\r\n');
  expect(feed.raws).toEqual({ pen: 'pen,"Gel\r\npen",Café\npen,,', ink: "ink,Ink,x" });
});

test("Shopify's own export is read too", async () => {
  const { products } = await read(
    csv(
      [
        "Handle",
        "Title",
        "Body (HTML)",
        "Variant SKU",
        "Variant Price",
        "Variant Compare At Price",
        "Variant Inventory Qty",
        "Variant Grams",
        "Image Src",
        "Status",
      ],
      ["pen", "Pen", "<p>Pen</p>", "P1", "12.49", "0.00", "7", "15.6", "https://a.test/1.png", "draft"],
    ),
  );
  expect(products[0]).toMatchObject({
    key: "pen",
    fields: {
      name: "Pen",
      description: "<p>Pen</p>",
      priceCents: 1249,
      compareAtPriceCents: null,
      inventoryQuantity: 7,
      weightGrams: 16,
      status: "draft",
    },
    images: [{ view: "Front", url: "https://a.test/1.png" }],
  });
  expect(products[0]?.fields).not.toHaveProperty("costPriceCents");
});

test("categories come before their first product, each once, by their path", async () => {
  const header = ["Handle", "Title", "Google Shopping / Google Product Category"];
  const { records, products } = await read(
    csv(header, ["a", "A", "Office > Pens"], ["b", "B", "Office > Ink"], ["c", "C", ""]),
  );
  const told = records.flatMap((record) =>
    record.record === "category"
      ? [`${record.parentKey} / ${record.key}`]
      : record.record === "product"
        ? [record.key]
        : [],
  );
  expect(told).toEqual(["null / Office", "Office / Office > Pens", "a", "Office / Office > Ink", "b", "c"]);
  expect(products.map(({ categoryKey }) => categoryKey)).toEqual(["Office > Pens", "Office > Ink", null]);
});

describe("rows that can't be taken", () => {
  test("A11 a bad price takes the whole product's rows", async () => {
    const { products, rejections } = await read(
      csv(
        ["Handle", "Title", "Price", "Image Src"],
        ["a", "A", "0", "https://a.test/1"],
        ["a", "", "", "https://a.test/2"],
        ["b", "B", "1", ""],
      ),
    );
    expect(products.map(({ key }) => key)).toEqual(["b"]);
    expect(rejections).toMatchObject([
      { code: "price_zero", column: "Price", at: { line: 2 }, counted: { rows: { "feed.csv": 2 } } },
    ]);
  });

  test("a picture without its product, and a second variant, are refused where they stand", async () => {
    const { rejections } = await read(
      csv(
        ["Handle", "Title", "SKU", "Image Src"],
        ["x", "", "", "https://a.test/1"],
        ["a", "A", "S1", ""],
        ["a", "", "S2", ""],
        ["b", "", "", ""],
      ),
    );
    expect(rejections.map(({ at, code }) => [at.line, code])).toEqual([
      [2, "no_product_for_row"],
      [4, "second_variant"],
      [5, "no_product_for_row"],
    ]);
  });

  test("A12 rows 14 and 902 with one key and different titles are one error", async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [`h${index + 2}`, `Title ${index + 2}`]);
    rows[12] = ["BAO0600900", "Binder"];
    rows[900] = ["BAO0600900", "Other binder"];
    const { products, rejections } = await read(csv(["Handle", "Title"], ...rows));
    expect(products).toHaveLength(998);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]?.reason).toContain("appears twice with different content (rows 14, 902)");
  });

  test("A12 an identical repeat, pictures and all, is a warning", async () => {
    const block = [
      ["a", "A", "https://a.test/1"],
      ["a", "", "https://a.test/2"],
    ];
    const { products, rejections } = await read(
      csv(["Handle", "Title", "Image Src"], ...block, ["b", "B", ""], ...block),
    );
    expect(products).toHaveLength(2);
    expect(rejections).toMatchObject([
      { severity: "warning", code: "repeat", at: { line: 5 }, counted: { rows: { "feed.csv": 2 } } },
    ]);
  });
});

test("a file without Handle or Title is no product CSV", async () => {
  await expect(read("ItemNumber,UnitPrice\nA,1\n")).rejects.toThrow("no column Handle");
});
