import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { countQueries } from "@/lib/testing/count-queries";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import type { IconGenerationStatus } from "@/prisma/generated/sqlite/enums";
import { approveBatch } from "./approve-batch";
import { getBatch, picturesSearch } from "./get-batch";
import { listBatches } from "./list-batches";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(() => resetDatabase());

const LOOK = { provider: "built-in", style: "line", color: "blue", background: "circle", size: 256 };

async function createBatch(number: number) {
  const { id } = await transaction((tx) => tx.iconBatch.create({ data: { number, ...LOOK } }));
  return id;
}

async function addPicture(
  batchId: string,
  status: IconGenerationStatus,
  made?: { id: string; categoryId: string | null },
) {
  const named = { categoryId: made?.categoryId ?? null, categoryPath: "Office > Pens", prompt: "Pens", cacheKey: "k" };
  const data = { batchId, status, iconId: made?.id ?? null, ...named, ...LOOK };
  const problem = status === "failed" ? "The endpoint refused it." : null;
  await transaction((tx) => tx.iconGeneration.create({ data: { ...data, problem } }));
}

/** Two pictures of one category, one of another that shows an icon already, one that failed, one left out. */
async function seed() {
  const batchId = await createBatch(1);
  const [pens, paper] = [await createCategory(), await createCategory()];
  const shown = await createIcon({ categoryId: paper.id, status: "active", reviewState: "approved" });
  const made = [];
  for (const categoryId of [pens.id, pens.id, paper.id]) made.push(await createIcon({ categoryId }));
  for (const icon of made) await addPicture(batchId, "succeeded", icon);
  await addPicture(batchId, "failed");
  await addPicture(batchId, "skipped");
  return { batchId, pens, paper, shown, made };
}

const read = (params: Record<string, unknown> = {}) => getBatch(staff, 1, picturesSearch.parse(params));

test("a batch adds up, and tells of each picture what became of it and why there is none", async () => {
  await seed();
  const batch = await read();
  expect(batch.counts).toMatchObject({ succeeded: 3, failed: 1, skipped: 1, waiting: 0 });
  expect(batch).toMatchObject({ pending: 3, by: "system", next: null });
  expect((await read({ show: "failed" })).pictures).toMatchObject([
    { problem: "The endpoint refused it.", icon: null },
  ]);
  expect((await listBatches(staff, {})).rows).toMatchObject([{ number: 1, counts: { succeeded: 3, failed: 1 } }]);
  await expect(getBatch(staff, 2, picturesSearch.parse({}))).rejects.toMatchObject({ code: "not_found" });
});

test("a batch is approved as a whole; categories that show none show the first of theirs, the others keep their own", async () => {
  const { batchId, pens, shown, made } = await seed();
  expect(await approveBatch(manager, { batchId, isActivated: true })).toEqual({ approved: 3, activated: 1 });
  expect(await db.icon.findMany({ where: { status: "active" }, select: { id: true }, orderBy: { id: "asc" } })).toEqual(
    [{ id: shown.id }, { id: made[0]?.id }],
  );
  expect(await db.iconActivation.findMany({ select: { categoryId: true } })).toEqual([{ categoryId: pens.id }]);
  expect(await read()).toMatchObject({ pending: 0 });
});

test("of two people who approve a batch at once one is told that nothing waits any more; staff may not", async () => {
  const { batchId } = await seed();
  const wanted = { batchId, isActivated: false };
  await expect(approveBatch(staff, wanted)).rejects.toMatchObject({ code: "forbidden" });
  const answers = await Promise.allSettled([approveBatch(manager, wanted), approveBatch(manager, wanted)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(answers.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
  expect(await db.icon.count({ where: { reviewState: "approved" } })).toBe(4);
});

test("the list of batches asks as many queries of thirty as of two", async () => {
  async function queriesOf(count: number) {
    await resetDatabase();
    for (let number = 1; number <= count; number++) await addPicture(await createBatch(number), "succeeded");
    return countQueries(() => listBatches(staff, {}));
  }
  await queriesOf(1);
  expect(await queriesOf(30)).toBe(await queriesOf(2));
});
