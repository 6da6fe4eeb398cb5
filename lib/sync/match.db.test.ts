import { beforeEach, describe, expect, test } from "vitest";
import { normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { db, transaction } from "@/lib/db/client";
import type { FeedCode, FeedProduct } from "@/lib/feeds/feed-record";
import { createCode, createFeedSource, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { whyNone } from "./decide-match";
import { Matcher } from "./match";

let sourceId: string;

beforeEach(async () => {
  await resetDatabase();
  sourceId = (await createFeedSource()).id;
});

function item(key: string, ...matchBy: FeedCode[]): FeedProduct {
  return {
    record: "product",
    key,
    at: { file: "feed.csv", line: 2 },
    sku: key,
    fields: {},
    codes: matchBy,
    matchBy,
    rows: {},
  };
}

async function productWith(sku: string, ...codes: FeedCode[]) {
  const product = await createProduct({ sku });
  for (const { type, code } of codes) {
    await createCode(product.id, {
      type,
      code,
      normalized: normalizeCode(code),
      gtin14: type === "upc" ? toGtin14(code) : null,
    });
  }
  return product.id;
}

async function match(...items: FeedProduct[]) {
  const found = await new Matcher(db, sourceId).match(items);
  return items.map((one) => found.get(one.key));
}

describe("which product a feed's item is", () => {
  test("A01 a vendor's punctuation does not matter", async () => {
    const id = await productWith("HP-1", { type: "erp", code: "HEWC2P24AN140" });
    const [found] = await match(item("1", { type: "sprc", code: "HEW-C2P24AN#140" }));
    expect(found).toEqual({ outcome: "one", productId: id, method: "sku:itemNumber" });
  });

  test("A02 two codes that name two products contradict: both are shown, none is taken; the answer is obeyed later", async () => {
    const first = await productWith("BAO06009", { type: "sprc", code: "BAO0600900" });
    await productWith("BAO13002", { type: "cws", code: "BAO1300200" });
    const row = item("1", { type: "sprc", code: "BAO-06009-00" }, { type: "cws", code: "BAO1300200" });
    const [contradiction] = await match(row);
    expect(contradiction).toMatchObject({ outcome: "ambiguous" });
    expect(contradiction).toHaveProperty("reason", expect.stringContaining("BAO06009 (by sku BAO-06009-00)"));
    expect(contradiction).toHaveProperty("reason", expect.stringContaining("BAO13002 (by CWS_A BAO1300200)"));
    await transaction((tx) =>
      tx.codeAlias.create({ data: { sourceId, type: "key", normalized: "1", productId: first } }),
    );
    expect((await match(row))[0]).toEqual({ outcome: "one", productId: first, method: "alias" });
  });

  test("an answer for a code holds whatever the row's own key; left out stays out", async () => {
    const first = await productWith("BAO06009", { type: "sprc", code: "BAO0600900" });
    await transaction((tx) =>
      tx.codeAlias.createMany({
        data: [
          { sourceId: null, type: "sprc", normalized: "BAO0600900", productId: first },
          { sourceId, type: "key", normalized: "2", productId: null },
        ],
      }),
    );
    const code = { type: "sprc", code: "bao 06009 00" };
    expect(await match(item("9", code), item("2", code))).toEqual([
      { outcome: "one", productId: first, method: "alias" },
      { outcome: "left_out" },
    ]);
  });

  test("A03 a code on two products is ambiguous (2)", async () => {
    await productWith("BOX", { type: "cws", code: "BAO1309200" });
    await productWith("EACH", { type: "cws", code: "BAO1309200" });
    const [found] = await match(item("1", { type: "cws", code: "BAO1309200" }));
    expect(found).toMatchObject({ outcome: "ambiguous", reason: expect.stringMatching(/^ambiguous \(2\): /) });
  });

  test("A03 a catalogue number that is the base part of two items is ambiguous (2), and never decides", async () => {
    for (const unit of ["BX", "EA"]) {
      await productWith(
        `BAO13092${unit}`,
        { type: "erp", code: `BAO1309200${unit}` },
        { type: "erp_base", code: "BAO1309200" },
      );
    }
    const catalogue = { type: "cws_catalog", code: "BAO-13092-00" };
    const [found] = await match({ ...item("1"), codes: [catalogue] });
    expect(found).toMatchObject({ outcome: "ambiguous", reason: expect.stringMatching(/^ambiguous \(2\): /) });
    expect(found).toHaveProperty("candidates.0.by", [
      { type: "cws_catalog", code: "BAO-13092-00", theirType: "erp_base", theirCode: "BAO1309200" },
    ]);
    const strong = { type: "sprc", code: "QQQ1309200" };
    expect((await match({ ...item("2", strong), codes: [catalogue] }))[0]).toMatchObject({ outcome: "none" });
  });

  test("A03 a second code that only one of the two carries decides", async () => {
    await productWith("BOX", { type: "cws", code: "BAO1309200" });
    const each = await productWith("EACH", { type: "cws", code: "BAO1309200" }, { type: "upc", code: "036000291452" });
    const [found] = await match(item("1", { type: "cws", code: "BAO1309200" }, { type: "upc", code: "0036000291452" }));
    expect(found).toMatchObject({ outcome: "one", productId: each });
  });

  test("A04 leading zeros matter in codes, and don't between UPC and EAN", async () => {
    const long = await productWith("LONG", { type: "erp", code: "0012345" }, { type: "upc", code: "036000291452" });
    await productWith("SHORT", { type: "erp", code: "12345" });
    expect((await match(item("1", { type: "erp", code: "0012345" })))[0]).toMatchObject({ productId: long });
    expect((await match(item("2", { type: "upc", code: "0036000291452" })))[0]).toMatchObject({ productId: long });
  });

  test("A04 a code too short names nothing, and the reason says so", async () => {
    await productWith("TWELVE", { type: "erp", code: "12" });
    const short = item("1", { type: "sprc", code: "12" });
    expect((await match(short))[0]).toEqual({ outcome: "none" });
    expect(whyNone(short)).toBe("sku 12: code too short.");
  });

  test("a product that the source describes under another key is no candidate", async () => {
    const id = await productWith("TAKEN", { type: "upc", code: "036000291452" });
    await transaction((tx) =>
      tx.sourceItem.create({
        data: { sourceId, entity: "product", externalKey: "other", productId: id, contentHash: "x" },
      }),
    );
    expect((await match(item("1", { type: "upc", code: "036000291452" })))[0]).toMatchObject({ outcome: "none" });
  });

  test("two items of one run are never the same product: the second waits", async () => {
    await productWith("ONE", { type: "upc", code: "036000291452" });
    const code = { type: "upc", code: "036000291452" };
    const [first, second] = await match(item("1", code), item("2", code));
    expect(first).toMatchObject({ outcome: "one" });
    expect(second).toMatchObject({ outcome: "ambiguous" });
  });

  test("no code, no match: the reason says so", async () => {
    expect((await match(item("1")))[0]).toEqual({ outcome: "none" });
    expect(whyNone(item("1"))).toContain("no code");
  });
});
