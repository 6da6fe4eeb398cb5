import { expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { transaction } from "@/lib/db/client";
import { actor, createCategory, createProduct } from "@/lib/testing/factories";
import { listBrands } from "./list-brands";

test("the most frequent brands come first, and a beginning narrows them", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  await transaction((tx) => raiseCatalogueVersion(tx, "categories"));
  for (const brand of ["Xerox", "Xerox", "Émile", null]) await createProduct({ brand, categoryId: paper.id });
  for (const brand of ["Xerox", "3M", "3M", "3M", "3M"]) await createProduct({ brand });
  const staff = actor("staff");
  expect(await listBrands(staff, { startsWith: "" })).toEqual(["3M", "Xerox", "Émile"]);
  expect(await listBrands(staff, { categoryId: office.id, startsWith: "" })).toEqual(["Xerox", "Émile"]);
  expect(await listBrands(staff, { categoryId: office.id, startsWith: "EM" })).toEqual(["Émile"]);
  await expect(listBrands(staff, { categoryId: "gone", startsWith: "" })).rejects.toMatchObject({ code: "not_found" });
  // No role lacks this grant today; a made-up one stands for the next.
  await expect(listBrands(actor("visitor" as "staff"), { startsWith: "" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
