import { beforeEach, expect, test } from "vitest";
import { actor, createCategory } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { listCategoryChoices } from "./list-category-choices";

beforeEach(resetDatabase);

const names = async (q: string) => (await listCategoryChoices(actor("staff"), { q })).map(({ name }) => name);

test("each word or beginning is found, however the name joins them", async () => {
  await createCategory({ name: "Dry-Erase Markers" });
  await createCategory({ name: "Dry Ice" });
  await createCategory({ name: "Permanent Markers" });
  expect(await names("dry erase m")).toEqual(["Dry-Erase Markers"]);
  expect(await names("markers dry")).toEqual(["Dry-Erase Markers"]);
  expect(await names("dry")).toEqual(["Dry Ice", "Dry-Erase Markers"]);
  expect(await names("-")).toHaveLength(3);
});
