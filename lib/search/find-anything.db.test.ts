import { expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { transaction } from "@/lib/db/client";
import { actor, createCategory, createCode, createProduct, createRun } from "@/lib/testing/factories";
import { findAnything } from "./find-anything";
import { refreshSearch } from "./refresh-search";

test("one box finds products by any code, categories, and runs", async () => {
  const category = await createCategory({ name: "Mugs" });
  const product = await createProduct({ name: "Blue mug", categoryId: category.id });
  await createCode(product.id, { type: "upc", code: "0 12345 67890 5" });
  await createRun({ number: 214, source: "Etilize" });
  await transaction(async (tx) => {
    await refreshSearch(tx, [product.id]);
    await raiseCatalogueVersion(tx, "categories");
  });
  const staff = actor("staff");
  expect(await findAnything(staff, "mug")).toMatchObject({
    products: [{ id: product.id, name: "Blue mug" }],
    categories: [{ name: "Mugs" }],
    runs: [],
  });
  for (const scanned of ["012345678905", "0012345678905", "12345678905", "0 12345 67890 5"]) {
    expect((await findAnything(staff, scanned)).products, scanned).toHaveLength(1);
  }
  expect((await findAnything(staff, "run 214")).runs).toMatchObject([{ number: 214, source: "Etilize" }]);
  expect((await findAnything(staff, "Etil")).runs).toHaveLength(1);
  // No role lacks this grant today; a made-up one stands for the next.
  await expect(findAnything(actor("visitor" as "staff"), "x")).rejects.toMatchObject({ code: "forbidden" });
});
