import { expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { transaction } from "@/lib/db/client";
import { actor, createCategory, createProduct } from "@/lib/testing/factories";
import { listBrands } from "./list-brands";

test("the most frequent brands come first, those of archived products not at all", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  await transaction((tx) => raiseCatalogueVersion(tx, "categories"));
  for (const brand of ["Xerox", "Xerox", "Émile", null]) await createProduct({ brand, categoryId: paper.id });
  for (const brand of ["Xerox", "3M", "3M", "3M", "3M"]) await createProduct({ brand });
  await createProduct({ brand: "Gone", status: "archived" });
  const staff = actor("staff");
  expect(await listBrands(staff, { startsWith: "" })).toEqual([
    { brand: "3M", products: 4 },
    { brand: "Xerox", products: 3 },
    { brand: "Émile", products: 1 },
  ]);
  expect(await listBrands(staff, { categoryId: office.id, startsWith: "EM" })).toEqual([
    { brand: "Émile", products: 1 },
  ]);
  await expect(listBrands(staff, { categoryId: "gone", startsWith: "" })).rejects.toMatchObject({ code: "not_found" });
  // No role lacks this grant today; a made-up one stands for the next.
  await expect(listBrands(actor("visitor" as "staff"), { startsWith: "" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
