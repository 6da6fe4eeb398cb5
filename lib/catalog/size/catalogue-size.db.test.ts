import { expect, test } from "vitest";
import { transaction } from "@/lib/db/client";
import {
  actor,
  createCategory,
  createDefinition,
  createImage,
  createMetafield,
  createProduct,
} from "@/lib/testing/factories";
import { raiseCatalogueVersion } from "../catalogue-version";
import { catalogueSize } from "./catalogue-size";
import { sizeLevel } from "./size-levels";

test("C22 the catalogue's size is told with its levels and where the greatest of it is", async () => {
  const top = await createCategory({ name: "Paper" });
  const below = await createCategory({ name: "Pads" }, top);
  const heavy = await createProduct({ sku: "HEAVY", categoryId: below.id });
  await createProduct({ categoryId: below.id });
  await createProduct();
  await createProduct({ status: "archived" });
  await createDefinition();
  for (let n = 0; n < 3; n++) await createMetafield(heavy.id);
  await createImage(heavy.id, { fileSize: 1_200, storagePath: "images/heavy.png" });
  await transaction(async (tx) => {
    await raiseCatalogueVersion(tx, "products");
    await raiseCatalogueVersion(tx, "categories");
  });
  const lines = new Map((await catalogueSize(actor("staff"))).map((line) => [line.measure, line]));
  const figures = [
    "products",
    "archived",
    "definitions",
    "metafields",
    "categories",
    "depth",
    "children",
    "images",
    "imageBytes",
  ] as const;
  expect(figures.map((measure) => lines.get(measure)?.figure)).toEqual([3, 1, 1, 3, 2, 2, 1, 1, 1_200]);
  expect(lines.get("metafieldsOfOne")).toEqual({
    measure: "metafieldsOfOne",
    figure: 3,
    level: "green",
    at: { label: "HEAVY", href: `/products/${heavy.id}` },
  });
  expect(lines.get("categoryProducts")).toMatchObject({
    figure: 2,
    at: { label: "Pads", href: "/catalog/paper/pads" },
  });
  expect(lines.get("uncategorised")).toMatchObject({ figure: 1, level: "amber" });
  expect(lines.get("databaseBytes")?.figure).toBeGreaterThan(10_000);
  await expect(catalogueSize(actor("visitor" as "staff"))).rejects.toMatchObject({ code: "forbidden" });
});

test("a level begins with its limit", () => {
  expect([199, 200, 999, 1_000].map((figure) => sizeLevel("metafieldsOfOne", figure))).toEqual([
    "green",
    "amber",
    "amber",
    "red",
  ]);
});
