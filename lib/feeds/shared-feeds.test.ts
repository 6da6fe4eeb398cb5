import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readCsvFile } from "@/lib/testing/read-csv";
import { type FeedRead, readFeedFiles } from "@/lib/testing/read-feed";
import { describeSharedData } from "@/lib/testing/shared-data";
import { readErpList } from "./erp-reader";
import { readEtilize } from "./etilize-reader";
import { readShopifyCsv } from "./shopify-csv-reader";

const count = (feed: FeedRead, of: (product: FeedRead["products"][number]) => number) =>
  feed.products.reduce((sum, product) => sum + of(product), 0);

describeSharedData("the supplier's real feeds", (path) => {
  const expected = (day: number) => JSON.parse(readFileSync(path("feeds", `day${day}.expected.json`), "utf8"));

  function zipsOf(day: number) {
    const folder = path("feeds", `day${day}`, "etilize");
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter((name) => name.endsWith(".zip")).map((name) => path("feeds", `day${day}`, "etilize", name));
  }

  const etilize: Record<number, FeedRead> = {};
  beforeAll(async () => {
    for (const day of [1, 2]) etilize[day] = await readFeedFiles(readEtilize, zipsOf(day));
  }, 120_000);
  const etilizeOn = (day: number) => etilize[day] as FeedRead; // beforeAll read both days

  test("R10 every row of every file is counted once", () => {
    for (const day of [1, 2]) expect(Object.values(etilizeOn(day).uncounted).every((rows) => rows === 0)).toBe(true);
  });

  test("the Etilize feed of day 1 holds what it should", () => {
    const feed = etilizeOn(1);
    const day = expected(1);
    expect(feed.products).toHaveLength(day.products);
    expect(feed.categories).toHaveLength(day.categories);
    expect(count(feed, ({ metafields }) => metafields?.length ?? 0)).toBe(day.attribute_values);
    expect(count(feed, ({ codes }) => codes.filter(({ type }) => type === "upc").length)).toBe(day.upcs);
    expect(count(feed, ({ images }) => images?.length ?? 0)).toBe(day.products);
    expect(new Set(feed.products.map(({ fields }) => fields.brand)).size).toBe(day.manufacturers);
    expect(new Set(feed.definitions.map(({ key }) => key)).size).toBe(feed.definitions.length);
    expect(feed.rejections).toEqual([]);
  });

  test("R12 the broken lines of day 2 are reported with line and reason, and nothing else is", () => {
    const { rejections, products } = etilizeOn(2);
    const found = rejections.map(({ at, code, severity }) => [at.file, at.line, code, severity]);
    const file = "EN_US_B_product.csv";
    expect(found.sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      [file, 7465, "cut_row", "error"],
      [file, 7466, "not_a_number", "error"],
      [file, 7468, "repeat", "warning"],
      [file, 7469, "stray_quote", "error"],
    ]);
    const broken: { line: number }[] = expected(2)[`broken_lines_of_${file}`];
    // 7467 names a category that isn't there: the product is told, and whoever knows the categories refuses it.
    const unknown = products.find(({ at }) => at.line === 7467);
    expect(unknown).toMatchObject({ key: "99000003", categoryKey: "99999999", sku: null });
    expect(broken.map(({ line }) => line)).toEqual([7465, 7466, 7467, 7468, 7469]);
  });

  test("day 2 against day 1 shows the attributes that changed, and no other", async () => {
    const first = etilizeOn(1);
    const known = new Map(first.definitions.map((definition) => [definition.externalKey, definition]));
    const second = await readFeedFiles(readEtilize, zipsOf(2), { knownDefinitions: known });
    const ids = new Map(second.definitions.map(({ key, externalKey }) => [key, externalKey]));
    const before = new Map(first.products.map((product) => [product.key, product]));
    const changed: string[] = [];
    for (const { key, metafields } of second.products) {
      const values = new Map(before.get(key)?.metafields?.map((field) => [field.key, field.value]));
      if (before.has(key))
        for (const field of metafields ?? [])
          if (values.get(field.key) !== field.value) changed.push(`${key} ${ids.get(field.key)}`);
    }
    const wanted: { id: string; attribute_id: number }[] = expected(2).attribute_changed;
    expect(changed.sort()).toEqual(wanted.map(({ id, attribute_id }) => `${id} ${attribute_id}`).sort());
  }, 60_000);

  test.each([1, 2])(
    "the product CSV of day %i holds what it should",
    async (day) => {
      const feed = await readFeedFiles(readShopifyCsv, [path("feeds", `day${day}`, "CowanOfficeSupplies.zip")]);
      const { csv } = expected(day);
      expect(feed.files[0]?.rowsRead).toBe(csv.rows);
      expect(feed.products).toHaveLength(csv.rows - csv.image_continuation_rows);
      expect(count(feed, ({ metafields }) => metafields?.length ?? 0)).toBe(csv.non_empty_metafield_cells);
      expect(feed.rejections).toEqual([]);
      expect(Object.values(feed.uncounted)).toEqual([0]);
    },
    60_000,
  );

  test("the ERP list of both days gives a price to every item, and the prices that changed", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map((day) => readFeedFiles(readErpList, [path("feeds", `day${day}`, "xorosoft-items.zip")])),
    );
    expect(first?.products).toHaveLength(expected(1).with_price_after_erp);
    for (const feed of [first, second]) {
      expect(feed?.rejections).toEqual([]);
      expect(Object.values(feed?.uncounted ?? {})).toEqual([0]);
    }
    const before = new Map(first?.products.map(({ key, fields }) => [key, fields.priceCents]));
    const changed = second?.products.filter(
      ({ key, fields }) => before.has(key) && before.get(key) !== fields.priceCents,
    );
    const wanted: { id: string; after_cents: number }[] = expected(2).price_changed;
    expect(changed?.map(({ key, fields }) => `${key} ${fields.priceCents}`).sort()).toEqual(
      wanted.map(({ id, after_cents }) => `CWS${id} ${after_cents}`).sort(),
    );
  }, 60_000);

  const spectrum = path("messy", "csv-spectrum");
  test.each(readdirSync(`${spectrum}/csvs`))("csv-spectrum: %s is read right", async (name) => {
    const records = await readCsvFile(`${spectrum}/csvs/${name}`, "doubled");
    const [header = [], ...rows] = records.map(({ fields }) => fields);
    const objects = rows.map((row) => Object.fromEntries(header.map((key, index) => [key, row[index]])));
    expect(objects).toEqual(JSON.parse(readFileSync(`${spectrum}/json/${basename(name, ".csv")}.json`, "utf8")));
  });

  const messy = readdirSync(path("messy"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".csv"),
  );
  test.each(messy)("messy: %s ends in products, rejections or one sentence", async (name) => {
    for (const reader of [readShopifyCsv, readErpList])
      try {
        const feed = await readFeedFiles(reader, [path("messy", name)]);
        expect(Object.values(feed.uncounted)).toEqual([0]);
      } catch (error) {
        expect(error).toMatchObject({ name: "FeedError" });
      }
  });
});
