import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { setMetafield } from "@/lib/metafields/mutations";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getProductAsOf } from "./product-as-of";
import { updateProduct } from "./update-product";

beforeEach(() => resetDatabase());

/** The moment between what happened and what is about to: the clock has moved on since the one, and does before the other. */
async function moment() {
  await clockMovesOn();
  const at = new Date();
  await clockMovesOn();
  return at;
}

/** Times are kept in milliseconds: what happens after the next has begun is told from what was before. */
async function clockMovesOn() {
  const now = Date.now();
  while (Date.now() === now) await setImmediate();
}

async function asOf(at: Date) {
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  const found = await getProductAsOf(actor("staff"), id, at);
  if (found?.past.outcome !== "known") return found?.past;
  const { values, category, metafields, changedSince } = found.past;
  const colour = metafields.find(({ key }) => key === "colour")?.value;
  return { name: values.name, priceCents: values.priceCents, category, colour, changedSince: changedSince.sort() };
}

describe("a product as of a time", () => {
  test("is what feeds and people had made of it by then, undos included", async () => {
    const before = await moment();
    await importRows({ SPR1: {} });
    const imported = await moment();
    const run = await importRows({ SPR1: { price: "2.10", colour: "Green", category: "Office > Rulers" } });
    const changed = await moment();
    const manager = actorOf(await createUser("manager"));
    const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
    await updateProduct(manager, { id, changes: { name: { to: "My pen" } }, metafields: [] });
    await setMetafield(manager, { productId: id, namespace: "custom", key: "colour", to: JSON.stringify(["Navy"]) });
    const edited = await moment();
    await undoRun(run.id);
    const undone = await moment();

    expect(await asOf(before)).toMatchObject({ outcome: "not_yet" });
    expect(await asOf(imported)).toEqual({
      name: "Gel pen",
      priceCents: 199,
      category: "Office > Pens",
      colour: '["Blue"]',
      changedSince: ["metafield:custom.colour", "name"],
    });
    expect(await asOf(changed)).toMatchObject({
      name: "Gel pen",
      priceCents: 210,
      category: "Office > Rulers",
      colour: '["Green"]',
    });
    expect(await asOf(edited)).toMatchObject({ name: "My pen", priceCents: 210, colour: '["Navy"]' });
    expect(await asOf(undone)).toMatchObject({ name: "My pen", priceCents: 199, colour: '["Navy"]', changedSince: [] });
  });

  test("L1 says that it can't be told when the changes since were dropped", async () => {
    await importRows({ SPR1: {} });
    const imported = await moment();
    const run = await importRows({ SPR1: { price: "2.10" } });
    const changed = await moment();
    await transaction(async (tx) => {
      await tx.syncChange.deleteMany({ where: { runId: run.id } });
      await tx.syncHistory.update({ where: { id: run.id }, data: { prunedAt: new Date() } });
    });
    expect(await asOf(imported)).toMatchObject({
      outcome: "unknown",
      reason: `The changes of run ${run.number} were dropped to save space, so what was before them can't be told.`,
    });
    expect(await asOf(changed)).toMatchObject({ priceCents: 210 });
    await transaction((tx) => tx.syncHistory.delete({ where: { id: run.id } }));
    expect(await asOf(imported)).toMatchObject({
      outcome: "unknown",
      reason: expect.stringContaining("not on record"),
    });
  });

  test("refuses a time to come, and knows no stranger", async () => {
    await importRows({ SPR1: {} });
    await expect(asOf(new Date(Date.now() + 60_000))).rejects.toMatchObject({ code: "invalid_input" });
    expect(await getProductAsOf(actor("staff"), "nobody", new Date())).toBeNull();
  });
});
