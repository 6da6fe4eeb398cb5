import { beforeEach, describe, expect, test } from "vitest";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { listProductHistory } from "@/lib/catalog/product-history";
import { actor, createMetafield, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { orderMetafields, presentMetafield } from "./present-metafields";

beforeEach(resetDatabase);
const manager = actor("manager");
const plain = { note: "", isVisible: true };

async function withThree() {
  const { id: productId } = await createProduct();
  for (const [at, key] of ["aa", "bb", "cc"].entries()) await createMetafield(productId, { key, displayOrder: at });
  return productId;
}
const metafields = async (id: string) => (await getProductOrThrow(manager, id)).metafields;

test("staff neither note, hide nor order", async () => {
  const productId = await withThree();
  const staff = actor("staff");
  const name = { productId, namespace: "custom", key: "aa" };
  await expect(
    presentMetafield(staff, { ...name, from: plain, to: { note: "x", isVisible: false } }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
  const order = { productId, namespace: "custom", from: ["aa", "bb", "cc"], to: ["cc", "bb", "aa"] };
  await expect(orderMetafields(staff, order)).rejects.toMatchObject({ code: "forbidden" });
});

describe("what is noted of a metafield and whether it shows", () => {
  test("is saved, raises the product's version, and stands in its history in words", async () => {
    const productId = await withThree();
    const name = { productId, namespace: "custom", key: "aa" };
    await presentMetafield(manager, { ...name, from: plain, to: { note: "Measured", isVisible: false } });
    expect((await metafields(productId))[0]).toMatchObject({ note: "Measured", isVisible: false, value: "Value" });
    expect(await getProductOrThrow(manager, productId)).toMatchObject({ version: 2 });
    const { events } = await listProductHistory(manager, productId);
    expect(events[0]?.lines).toEqual([
      expect.objectContaining({ label: "Note on Aa", before: "", after: "Measured" }),
      expect.objectContaining({ label: "Aa shown", before: "Yes", after: "No" }),
    ]);
  });

  test("of two at once the second is told, unless they set different things", async () => {
    const productId = await withThree();
    const name = { productId, namespace: "custom", key: "aa" };
    await presentMetafield(manager, { ...name, from: plain, to: { note: "Mine", isVisible: true } });
    await expect(
      presentMetafield(manager, { ...name, from: plain, to: { note: "Theirs", isVisible: true } }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(
      presentMetafield(manager, { ...name, key: "gone", from: plain, to: { note: "x", isVisible: true } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the order of metafields", () => {
  const order = (productId: string, from: string[], to: string[]) =>
    orderMetafields(manager, { productId, namespace: "custom", from, to });

  test("is what a person makes it, and the second of two at once is told", async () => {
    const productId = await withThree();
    await order(productId, ["aa", "bb", "cc"], ["cc", "aa", "bb"]);
    expect((await metafields(productId)).map(({ key }) => key)).toEqual(["cc", "aa", "bb"]);
    await expect(order(productId, ["aa", "bb", "cc"], ["bb", "aa", "cc"])).rejects.toMatchObject({ code: "conflict" });
  });

  test("must hold each metafield once", async () => {
    const productId = await withThree();
    for (const to of [
      ["aa", "bb"],
      ["aa", "bb", "bb"],
      ["aa", "bb", "dd"],
    ]) {
      await expect(order(productId, ["aa", "bb", "cc"], to)).rejects.toMatchObject({ code: "invalid_input" });
    }
  });
});
