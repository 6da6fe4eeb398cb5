import { expect, test } from "vitest";
import { readFeedText } from "@/lib/testing/read-feed";
import { readErpList } from "./erp-reader";

async function read(csv: string) {
  const feed = await readFeedText(readErpList, { "items.csv": csv });
  expect(feed.uncounted).toEqual({ "items.csv": 0 });
  return feed;
}

test("an item gives price, stock and codes, whatever the order of the columns", async () => {
  const { products } = await read(
    "UPC,Shelf,**Item Number,QuantityOnHand,UnitPrice,ListPrice\n0037332134707,A1,CWS100,12,1.00,27.95\n,A2,BAO0600900,,3.50,\n",
  );
  expect(products).toMatchObject([
    {
      key: "CWS100",
      sku: null,
      fields: { priceCents: 2795, inventoryQuantity: 12 },
      codes: [{ type: "erp", code: "CWS100" }, { type: "cws" }, { type: "upc" }],
      matchBy: [
        { type: "cws", code: "CWS100" },
        { type: "upc", code: "0037332134707" },
      ],
    },
    { key: "BAO0600900", fields: { priceCents: 350, inventoryQuantity: null }, matchBy: [] },
  ]);
});

test("R12 an item's row can be had as it stands, should it be refused later", async () => {
  const { raws } = await read('UPC,ItemNumber\n\n,CWS100\n,"CWS200"\n');
  expect(raws).toEqual({ CWS100: ",CWS100", CWS200: ',"CWS200"' });
});

test("A11 a bad price is a row error, and no product at 0.00 exists", async () => {
  const { products, rejections } = await read('ItemNumber,UnitPrice\nAAA1,""\nAAA2,N/A\nAAA3,0\nAAA4,12.49\n');
  expect(products.map(({ key, fields }) => [key, fields.priceCents])).toEqual([["AAA4", 1249]]);
  expect(rejections.map(({ at, column, code, reason }) => [at.line, column, code, reason])).toEqual([
    [2, "UnitPrice", "price_missing", "UnitPrice: price missing."],
    [3, "UnitPrice", "price_not_a_number", 'UnitPrice "N/A": not a number.'],
    [4, "UnitPrice", "price_zero", 'UnitPrice "0": zero not allowed.'],
  ]);
});

test("A12 an item number on two rows with different content is one error, and neither survives", async () => {
  const { products, rejections, records } = await read("ItemNumber,UnitPrice\nAAA1,1\nBBB1,2\nAAA1,3\nAAA1,4\n");
  expect(products.map(({ key }) => key)).toEqual(["BBB1"]);
  expect(records.filter(({ record }) => record === "retract")).toEqual([{ record: "retract", key: "AAA1" }]);
  expect(rejections).toHaveLength(1);
  expect(rejections[0]).toMatchObject({ code: "duplicate_key", key: "AAA1", counted: { rows: { "items.csv": 2 } } });
  expect(rejections[0]?.reason).toContain("rows 2, 4, 5");
  expect(rejections[0]?.raw).toBe("AAA1,1\nAAA1,3\nAAA1,4");
});

test("A12 an identical repeat is a warning", async () => {
  const { products, rejections } = await read("ItemNumber,UnitPrice\nAAA1,1\nAAA1,1\n");
  expect(products).toHaveLength(1);
  expect(rejections).toMatchObject([{ severity: "warning", code: "repeat", at: { line: 3 }, raw: "AAA1,1" }]);
});

test("A12 a UPC on two items is one error, and neither survives", async () => {
  const { products, rejections } = await read(
    "ItemNumber,UPC\nAAA1,4008496273614\nBBB1,04008496273614\nCCC1,96385074\nDDD1,4008496273614\n",
  );
  expect(products.map(({ key }) => key)).toEqual(["CCC1"]);
  expect(rejections).toMatchObject([{ code: "duplicate_code", counted: { rows: { "items.csv": 2 } } }]);
  expect(rejections[0]?.reason).toContain("rows 2, 3, 5");
});

test.each([
  ["A04", "12,1,1", "code_too_short"],
  ["", ",1,1", "key_missing"],
  ["", "AAA1,1,many", "not_a_number"],
  ["", "AAA1,1,1.5", "not_a_number"],
  ["", "AAA1,1", "cut_row"],
  ["", "AAA1,1,1,1", "too_many_columns"],
  ["", 'AAA1,"1,1', "unclosed_quote"],
])("%s the row %j is refused: %s", async (_scenario, row, code) => {
  const { rejections, products } = await read(`ItemNumber,UnitPrice,QuantityOnHand\n${row}\nGOOD1,1,1\n`);
  expect(rejections).toMatchObject([{ severity: "error", code, raw: row }]);
  expect(products.map(({ key }) => key)).toEqual(["GOOD1"]);
});

test.each([
  ["", "is empty"],
  ["\n\n", "is empty"],
  ["Sku,Price\nA,1\n", "no column ItemNumber"],
  ['"ItemNumber\n', "the header on line 1"],
])("the file %j is refused as a whole: %s", async (csv, reason) => {
  await expect(read(csv)).rejects.toThrow(reason);
});

test("a header alone is an item list without items", async () => {
  expect((await read("ItemNumber,UnitPrice\n")).files[0]?.rowsRead).toBe(0);
});
