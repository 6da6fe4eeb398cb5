import { describe, expect, test } from "vitest";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import { policiesOf } from "@/lib/feeds/policies";
import { type FeedProfile, ProfileGatherer } from "./feed-profile";
import { shapeReasons } from "./shape-guard";

const policies = policiesOf("shopify_csv", {});
const metafield = (key: string, value: string) => ({
  namespace: "custom",
  key,
  value,
  type: "single_line_text_field",
});

/** The profile of 1,000 rows, each as `row` makes it. */
function profileOf(row: (n: number) => Partial<FeedProduct>, rows = 1_000): FeedProfile {
  const gatherer = new ProfileGatherer();
  for (let n = 0; n < rows; n++) {
    gatherer.add({
      record: "product",
      key: `K${n}`,
      at: { file: "feed.csv", line: n + 2 },
      sku: `K${n}`,
      fields: {},
      codes: [],
      matchBy: [],
      rows: {},
      ...row(n),
    });
  }
  return { ...gatherer.end(), ends: {} };
}

const priced = (of1000: number) => profileOf((n) => ({ fields: { name: "Pen", priceCents: n < of1000 ? 199 : null } }));

describe("the shape of a feed against the last good run's", () => {
  test("the same shape is no reason to wait, nor is a first run", () => {
    expect(shapeReasons(priced(982), priced(982), policies)).toEqual([]);
    expect(shapeReasons(priced(982), null, policies)).toEqual([]);
  });

  test("a price that is filled in much less rows is told with both figures and the limit", () => {
    expect(shapeReasons(priced(120), priced(982), policies)).toEqual([
      "Price is filled in 12.0 % of rows, 98.2 % last time; the limit is a fall of 20 points.",
    ]);
  });

  test.each([
    [782, 0],
    [781, 1],
  ])("filled in %i of 1,000 rows after 982: %i reasons", (filled, reasons) => {
    expect(shapeReasons(priced(filled), priced(982), policies)).toHaveLength(reasons);
  });

  test("a column that is gone, and one that is new, are told by name", () => {
    const before = profileOf(() => ({ metafields: [metafield("colour", "Blue")] }));
    const after = profileOf(() => ({ metafields: [metafield("color", "Blue")] }));
    expect(shapeReasons(after, before, policies)).toEqual([
      "Colour (custom.colour) is gone: 100.0 % of the rows had it last time.",
      "Color (custom.color) is new and filled in 100.0 % of rows; the limit is 50.0 %.",
    ]);
  });

  test("what few rows have may come and go", () => {
    const rare = profileOf((n) => ({ metafields: n < 49 ? [metafield("pinch", "Hard")] : [] }));
    expect(
      shapeReasons(priced(1000), { ...rare, fields: { ...rare.fields, ...priced(1000).fields } }, policies),
    ).toEqual([]);
  });

  test("numbers that became text, and Yes/No that did, are told", () => {
    const before = profileOf((n) => ({ metafields: [metafield("width", `${n}.5`), metafield("boxed", "Yes")] }));
    const after = profileOf((n) => ({ metafields: [metafield("width", `${n} mm`), metafield("boxed", "maybe")] }));
    expect(shapeReasons(after, before, policies)).toEqual([
      "Boxed (custom.boxed) was Yes or No in 100.0 % of its values and is in 0.0 % now; the limit is a fall of 20 points.",
      "Width (custom.width) was a number in 100.0 % of its values and is in 0.0 % now; the limit is a fall of 20 points.",
    ]);
  });

  test("a list is of the kind of its first element", () => {
    const { fields } = profileOf(() => ({ metafields: [metafield("sizes", '["12","14"]')] }), 60);
    expect(fields["metafield:custom.sizes"]).toEqual([60, 60, 0, 0]);
  });

  test("of thousands of columns gone, the first are named and the rest counted; the profile stays small", () => {
    const columns = Array.from({ length: 3_584 }, (_, n) => metafield(`attribute_${n}`, "Value"));
    const wide = profileOf(() => ({ metafields: columns, fields: { name: "Pen" } }), 60);
    expect(JSON.stringify(wide).length).toBeLessThan(300_000);
    const reasons = shapeReasons(
      profileOf(() => ({ fields: { name: "Pen" } }), 60),
      wide,
      policies,
    );
    expect(reasons).toHaveLength(21);
    expect(reasons.at(-1)).toMatch(/^The same is true of 3,564 more: Attribute/);
  });

  test("a handful of rows has no shape", () => {
    const few = profileOf(() => ({ fields: { name: "Pen", priceCents: 100 } }), 49);
    expect(
      shapeReasons(
        profileOf(() => ({ fields: { name: "Pen" } }), 49),
        few,
        policies,
      ),
    ).toEqual([]);
  });
});
