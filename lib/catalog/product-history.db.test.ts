import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { setMetafield } from "@/lib/metafields/mutations";
import {
  actor,
  actorOf,
  createChange,
  createDefinition,
  createImage,
  createProduct,
  createRun,
  createUser,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getProductOrThrow } from "./get-product";
import { updateProductInput } from "./product-changes";
import { type HistoryCursor, listProductHistory } from "./product-history";
import { updateProduct } from "./update-product";

beforeEach(resetDatabase);

/** A product that two runs and a person have changed in turn. */
async function livedProduct() {
  const mira = actorOf(await createUser("manager", { firstName: "Mira", lastName: "Rossi" }));
  const run = await createRun({ source: "Etilize", number: 7, completedAt: new Date("2026-11-01T02:00:00Z") });
  const { id } = await createProduct({ name: "Mug", priceCents: 500, createdByRunId: run.id });
  for (let day = 1; day <= 5; day++) {
    await createChange(run.id, {
      entityId: id,
      state: "applied",
      appliedAt: new Date(`2026-11-0${day}T02:00:00Z`),
      fields: { update: [{ field: "priceCents", before: 400 + day, after: 401 + day }] },
    });
  }
  await createChange(run.id, { entityId: id, state: "staged", fields: { update: [] } });
  for (const to of ["Cup", "Beaker", "Tumbler"]) {
    await updateProduct(mira, updateProductInput.parse({ id, changes: { name: { to } } }));
  }
  return { id, mira, run };
}

test("pages of any size, put together, are the whole history, newest first, each event once", async () => {
  const { id } = await livedProduct();
  const staff = actor("staff");
  const whole = await listProductHistory(staff, id, null, 100);
  expect(whole.next).toBeNull();
  expect(whole.events).toHaveLength(8);
  const times = whole.events.map((event) => event.at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  for (const size of [1, 2, 3, 8]) {
    const ids: string[] = [];
    let cursor: HistoryCursor | null = null;
    do {
      const page: Awaited<ReturnType<typeof listProductHistory>> = await listProductHistory(staff, id, cursor, size);
      ids.push(...page.events.map((event) => event.id));
      cursor = page.next;
    } while (cursor);
    expect(ids).toEqual(whole.events.map((event) => event.id));
  }
});

test("each event tells who, which run, and each field before and after", async () => {
  const { id, mira } = await livedProduct();
  const { events } = await listProductHistory(actor("staff"), id);
  expect(events[0]).toMatchObject({
    who: "Mira Rossi",
    what: "changed",
    lines: [{ label: "Name", before: "Beaker", after: "Tumbler" }],
  });
  expect(events.at(-1)).toMatchObject({
    who: "Etilize",
    run: 7,
    lines: [{ label: "Price", before: "4.01", after: "4.02" }],
  });
  expect((await listProductHistory(mira, id)).events[0]?.who).toBe("you");
});

test("the page names the source of every value, in a bounded number of queries", async () => {
  const { id, mira } = await livedProduct();
  await createDefinition({ namespace: "custom", key: "colour", name: "Colour" });
  await setMetafield(mira, { productId: id, namespace: "custom", key: "colour", from: null, to: "Red" });
  await createImage(id);
  const product = await getProductOrThrow(mira, id);
  expect(product.sources.priceCents).toMatchObject({ kind: "feed", who: "Etilize", run: 7, kept: null });
  expect(product.sources.name).toMatchObject({
    kind: "person",
    who: "you",
    kept: { feedValue: "Mug", keptOver: "Mug", feed: "Etilize", run: 7 },
  });
  expect(product.metafields).toMatchObject([{ name: "Colour", value: "Red", source: { who: "you" } }]);
  expect(product.images).toMatchObject([{ hasFile: false }]);
});

test("supplier HTML is shown without scripts, styles or pictures, and stored as received", async () => {
  const description =
    '<p onclick="x()" style="color:red">Fine<script>alert(1)</script><img src="https://x.example/a.png"></p>';
  const { id } = await createProduct({ description });
  const product = await getProductOrThrow(actor("staff"), id);
  expect(product.descriptionHtml).toBe("<p>Fine</p>");
  expect(product.values.description).toBe(description);
});

test("nobody reads a product that is not there, or without a role", async () => {
  await expect(getProductOrThrow(actor("staff"), "nobody")).rejects.toMatchObject({ code: "not_found" });
});

test("a person who is gone is still told of by the name of the time", async () => {
  const { id } = await createProduct();
  await updateProduct(
    actor("manager", { name: "Left Long Ago" }),
    updateProductInput.parse({ id, changes: { name: { to: "X" } } }),
  );
  expect((await listProductHistory(actor("staff"), id)).events[0]?.who).toBe("Left Long Ago");
  await transaction((tx) => tx.product.delete({ where: { id } }));
  expect(await db.auditEntry.count()).toBe(1);
});
