import { createHash } from "node:crypto";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isValidGtin } from "./article-numbers";
import { readSamplePictures } from "./pictures/sample-pictures";
import { etilizeRows, headedRows, unzipAll } from "./read-back";
import { type SampleFeeds, writeSampleFeeds } from "./write-sample-feeds";

interface Written extends SampleFeeds {
  tables: Map<string, Buffer>;
  erpRows: Record<string, string>[];
}

let folder: string;
let dayOne: Written;
let dayTwo: Written;

async function write(name: string, day: 1 | 2, seed?: number): Promise<Written> {
  const feeds = await writeSampleFeeds({ folder: join(folder, name), day, seed, withShopifyCsv: day === 1 });
  const [erp] = (await unzipAll([feeds.erp])).values();
  return { ...feeds, tables: await unzipAll(feeds.etilize), erpRows: headedRows(erp) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-sample-"));
  dayOne = await write("one", 1);
  dayTwo = await write("two", 2);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const products = ({ tables }: Written) => etilizeRows(tables.get("EN_US_B_product.csv"), 10);
const attributes = ({ tables }: Written) => etilizeRows(tables.get("EN_US_B_productattributes.csv"), 9);
const upcs = ({ tables }: Written) => etilizeRows(tables.get("EN_US_SKU_UPC_productskus.csv"), 6);

/** The well-formed, different products: what a careful reader is left with. */
function sound(written: Written) {
  const known = new Set(etilizeRows(written.tables.get("G_category.csv"), 7).map(([id]) => id));
  const rows = products(written).filter(
    ([id, , , , category]) => /^\d+$/.test(id ?? "") && (category === "0" || known.has(category)),
  );
  return new Map(rows.map((row) => [Number(row[0]), row]));
}

async function fingerprint(paths: string[]) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(await readFile(path));
  return hash.digest("hex");
}

test("the same seed makes the same bytes, another seed makes others", async () => {
  const again = await write("again", 1);
  const other = await write("other", 1, 7);
  const [first, second, third] = await Promise.all(
    [dayOne, again, other].map(({ etilize, erp, shopifyCsv }) => fingerprint([...etilize, erp, shopifyCsv ?? ""])),
  );
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("a newcomer finds 2,500 products in a tree of 150 categories", () => {
  const { expected } = dayOne;
  expect(expected).toMatchObject({
    categories: 150,
    rejections: [],
    changes: null,
    inFiles: { products: 2500, withoutCategory: 3 },
  });
  const levels = etilizeRows(dayOne.tables.get("G_category.csv"), 7).map((row) => Number(row[4]));
  expect(Math.max(...levels)).toBe(4);
});

describe.each([1, 2] as const)("day %i", (day) => {
  const written = () => (day === 1 ? dayOne : dayTwo);

  test("the files hold what the expectation says", () => {
    const { inFiles, categories, brands, erpRows } = written().expected;
    const kept = sound(written());
    expect(kept.size).toBe(inFiles.products);
    expect([...kept.values()].filter((row) => row[4] === "0")).toHaveLength(inFiles.withoutCategory);
    expect(etilizeRows(written().tables.get("G_category.csv"), 7)).toHaveLength(categories + 1);
    expect(etilizeRows(written().tables.get("G_manufacturer.csv"), 12)).toHaveLength(brands);
    expect(attributes(written())).toHaveLength(inFiles.attributeValues);
    expect(upcs(written())).toHaveLength(inFiles.upcs);
    const pictured = new Set(etilizeRows(written().tables.get("EN_US_B_productimages.csv"), 3).map(([id]) => id));
    expect(pictured.size).toBe(inFiles.images);
    expect(written().erpRows).toHaveLength(erpRows);
  });

  test("every code is a valid article number and belongs to one product", () => {
    const codes = upcs(written()).map((row) => row[2] ?? "");
    expect(codes.filter((code) => !isValidGtin(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("every byte of the content feed is windows-1252 and every line ends in CRLF", () => {
    for (const [name, bytes] of written().tables) {
      const text = iconv.decode(bytes, "win1252");
      expect(iconv.encode(text, "win1252").equals(bytes), name).toBe(true);
      expect(text.endsWith("\r\n"), name).toBe(true);
    }
    const words = iconv.decode(written().tables.get("EN_US_B_productdescriptions.csv") ?? Buffer.alloc(0), "win1252");
    for (const character of ["é", "™", "½"]) expect(words).toContain(character);
  });

  test("no two products share a title or a stock number", () => {
    const titles = etilizeRows(written().tables.get("EN_US_B_productdescriptions.csv"), 5).filter(
      (row) => row[3] === "2",
    );
    expect(new Set(titles.map((row) => row[1])).size).toBe(written().expected.inFiles.products);
    const skus = etilizeRows(written().tables.get("EN_US_SKU_SPR_productskus.csv"), 6).map((row) => row[2]);
    expect(new Set(skus).size).toBe(written().expected.inFiles.products);
  });

  test("the ERP list prices the products the expectation counts", () => {
    const byUpc = new Map(upcs(written()).map((row) => [row[2], row[0]]));
    const twice = new Set<string>();
    const seen = new Set<string>();
    for (const { ItemNumber = "" } of written().erpRows) (seen.has(ItemNumber) ? twice : seen).add(ItemNumber);
    const priced = written().erpRows.filter(
      ({ ItemNumber = "", UnitPrice, UPC = "" }) =>
        Number(UnitPrice) > 0 && !twice.has(ItemNumber) && byUpc.has(UPC.padStart(13, "0")),
    );
    expect(priced).toHaveLength(written().expected.inFiles.withPrice);
    expect(written().erpRows.filter(({ UPC = "" }) => !byUpc.has(UPC.padStart(13, "0")))).toHaveLength(
      written().expected.erpUnmatched,
    );
  });

  test("every product with a picture has its file", async () => {
    const pictures = await readSamplePictures(join(folder, day === 1 ? "one" : "two"));
    expect(pictures.size).toBe(written().expected.inFiles.images);
    await Promise.all([...new Set(pictures.values())].map((path) => access(path)));
  });
});

test("the second day differs from the first in what the expectation lists, and in nothing else", () => {
  const changes = dayTwo.expected.changes;
  if (!changes) throw new Error("The second day has changes");
  const before = sound(dayOne);
  const after = sound(dayTwo);
  const ascending = (a: number, b: number) => a - b;
  expect([...before.keys()].filter((id) => !after.has(id)).sort(ascending)).toEqual(
    [...changes.missing].sort(ascending),
  );
  expect([...after.keys()].filter((id) => !before.has(id)).sort(ascending)).toEqual(changes.added);
  const moved = [...after].filter(([id, row]) => before.has(id) && before.get(id)?.[4] !== row[4]).map(([id]) => id);
  expect(moved).toEqual(changes.moved.map(({ id }) => id).sort(ascending));

  const values = (written: Written) => new Map(attributes(written).map((row) => [`${row[0]} ${row[1]}`, row[3]]));
  const old = values(dayOne);
  const changed = [...values(dayTwo)].filter(([key, value]) => old.has(key) && old.get(key) !== value);
  expect(changed).toHaveLength(changes.attributeChanged.length + changes.misfits.length);

  const rejected = new Set(dayTwo.expected.rejections.map(({ key }) => key));
  const items = new Map(dayOne.erpRows.map((row) => [row.ItemNumber, row]));
  const differing = (column: string) =>
    dayTwo.erpRows.filter((row) => {
      const earlier = items.get(row.ItemNumber);
      return earlier && !rejected.has(row.ItemNumber) && earlier[column] !== row[column];
    }).length;
  expect(differing("UnitPrice")).toBe(changes.priceChanged.length);
  expect(differing("QuantityOnHand")).toBe(changes.stockChanged.length);
});

test("the broken rows stand on the lines that the expectation names", () => {
  const lines = (dayTwo.tables.get("EN_US_B_product.csv")?.toString("latin1") ?? "").split("\r\n");
  const found = dayTwo.expected.rejections.map(({ file, line, what }) => {
    if (file !== "EN_US_B_product.csv") return [what, dayTwo.erpRows[line - 2]?.UnitPrice ?? ""];
    return [what, lines[line - 1] ?? ""];
  });
  expect(Object.fromEntries(found)).toMatchObject({
    "cut row": expect.stringMatching(/^11990001,\d+,1,"[^"]+"$/),
    "id is not a number": expect.stringMatching(/^1199000Z,/),
    "category does not exist": expect.stringContaining(",19999,"),
    "identical repeat": expect.stringMatching(/^10/),
    "stray quote": expect.stringContaining('8" Left'),
    "price is zero": "0.00",
    "price is not a number": "N/A",
    "same number twice, different content": expect.stringMatching(/^\d+\.\d\d$/),
  });
});

test("the Shopify-shaped file has the same products under sparse metafield columns", async () => {
  const [bytes] = (await unzipAll([dayOne.shopifyCsv ?? ""])).values();
  const rows = headedRows(bytes);
  expect(rows).toHaveLength(2500);
  const metafields = Object.keys(rows[0] ?? {}).filter((column) => column.startsWith("Metafield: custom."));
  expect(metafields.length).toBeGreaterThan(300);
  expect(metafields).toContain("Metafield: custom.SPRC[list.single_line_text]");
});
