import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { requestCancel } from "@/lib/jobs/mutations";
import { actor, createCategory } from "@/lib/testing/factories";
import { quietContext } from "@/lib/testing/kill";
import { askIcons, generationsOf, jobOf, makeIcons } from "@/lib/testing/make-icons";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { activateIcon } from "./activate";
import { iconRequest } from "./icon-request";
import { planIcons } from "./plan-icons";
import { requestIcons } from "./request-icons";

beforeEach(() => resetDatabase());

async function office() {
  const top = await createCategory({ name: "Office", slug: "office" });
  const printers = await createCategory({ name: "Printers", slug: "printers" }, top);
  const pens = await createCategory({ name: "Pens", slug: "pens" }, top);
  return { top, printers, pens };
}

test("each category without an icon gets one to review, with all that is known of its making", async () => {
  const { printers } = await office();
  const { job, generations, batchId } = await makeIcons({ kind: "missing", under: null }, { style: "flat", size: 64 });
  expect(job).toMatchObject({ status: "completed", result: { made: 3, fromCache: 0, failed: 0, costMicros: 0 } });
  expect(generations.map(({ status }) => status)).toEqual(["succeeded", "succeeded", "succeeded"]);
  const icon = await db.icon.findFirstOrThrow({ where: { categoryId: printers.id } });
  expect(icon).toMatchObject({
    status: "inactive",
    reviewState: "pending",
    ...{ width: 64, height: 64, format: "png", style: "flat", color: "blue", background: "rounded", batchId },
    prompt: "Office > Printers",
    createdById: "test-manager",
    metadata: { provider: "built-in", symbol: "printer" },
  });
  expect(icon.perceptualHash).toMatch(/^[0-9a-f]{16}$/);
  expect(existsSync(join(env().dataFolder, icon.storagePath))).toBe(true);
  expect(generations.find(({ iconId }) => iconId === icon.id)).toMatchObject({
    categoryPath: "Office > Printers",
    attempts: 1,
    costMicros: 0,
    isFromCache: false,
    userId: "test-manager",
    fileHash: icon.fileHash,
  });
});

test("the same wish again is answered by what was made; made anew it is the same file, and no second icon", async () => {
  const { pens } = await office();
  const target = { kind: "categories" as const, ids: [pens.id] };
  const first = await makeIcons(target);
  const again = await makeIcons(target);
  expect(again.plan).toMatchObject({ pictures: 1, fromCache: 1 });
  expect(again.generations).toMatchObject([{ isFromCache: true, iconId: first.generations[0]?.iconId, attempts: 0 }]);
  const anew = await makeIcons(target, { makeAnew: true });
  expect(anew.generations).toMatchObject([
    { isFromCache: false, iconId: first.generations[0]?.iconId, problem: expect.stringContaining("has already") },
  ]);
  expect(await db.icon.count()).toBe(1);
});

test("a rejected icon is no answer to the same wish", async () => {
  const { pens } = await office();
  const target = { kind: "categories" as const, ids: [pens.id] };
  await makeIcons(target);
  await transaction((tx) => tx.icon.updateMany({ data: { reviewState: "rejected" } }));
  const again = await makeIcons(target);
  expect(again.plan.fromCache).toBe(0);
  expect(again.generations[0]?.problem).toContain("rejected");
  const other = await makeIcons(target, { variations: 2 });
  expect(other.generations[1]).toMatchObject({ status: "succeeded", problem: null });
});

test("variations are different pictures of one category", async () => {
  const { printers } = await office();
  const { generations } = await makeIcons({ kind: "categories", ids: [printers.id] }, { variations: 4 });
  expect(new Set(generations.map(({ fileHash }) => fileHash)).size).toBe(4);
  expect(await db.icon.count({ where: { categoryId: printers.id } })).toBe(4);
});

test("two categories of one name under two parents have an icon each", async () => {
  const [a, b] = await Promise.all([createCategory({ name: "Home" }), createCategory({ name: "Office" })]);
  await createCategory({ name: "Paper", slug: "paper" }, a);
  await createCategory({ name: "Paper", slug: "paper" }, b);
  const { generations } = await makeIcons({ kind: "missing", under: null });
  expect(new Set(generations.map(({ iconId }) => iconId)).size).toBe(4);
});

test("used at once, an icon shows where the category has none, and nowhere else", async () => {
  const { top, pens, printers } = await office();
  const first = await makeIcons({ kind: "categories", ids: [pens.id] });
  const old = first.generations[0]?.iconId ?? "";
  await transaction((tx) => activateIcon(tx, actor("manager"), { categoryId: pens.id, iconId: old }));
  await makeIcons({ kind: "subtree", id: top.id }, { style: "badge", useAtOnce: true, variations: 2 });
  const shown = await db.icon.findMany({ where: { status: "active" } });
  expect(new Map(shown.map((icon) => [icon.categoryId, icon.id === old]))).toEqual(
    new Map([
      [top.id, false],
      [printers.id, false],
      [pens.id, true],
    ]),
  );
  expect(shown.every(({ reviewState }) => reviewState === "approved")).toBe(true);
});

test("what is known of a picture stays when the icon and its category are gone", async () => {
  const { pens } = await office();
  const made = await makeIcons({ kind: "categories", ids: [pens.id] });
  await transaction(async (tx) => {
    await tx.icon.deleteMany();
    await tx.category.delete({ where: { id: pens.id } });
  });
  expect(await generationsOf(made.batchId)).toMatchObject([
    { iconId: null, categoryPath: "Office > Pens", prompt: "Office > Pens", fileHash: expect.any(String) },
  ]);
});

test("a category that went away meanwhile is left out, the others are made", async () => {
  const { pens } = await office();
  const { jobId, batchId } = await askIcons({ kind: "missing", under: null });
  await transaction((tx) => tx.category.delete({ where: { id: pens.id } }));
  await workOff(jobId);
  const generations = await generationsOf(batchId);
  expect(generations.filter(({ status }) => status === "succeeded")).toHaveLength(2);
  expect(generations.find(({ categoryId }) => categoryId === pens.id)).toMatchObject({
    status: "skipped",
    problem: "Its category is not there any more.",
  });
});

test("a cancelled batch leaves out what is not made", async () => {
  await office();
  const { jobId, batchId } = await askIcons({ kind: "missing", under: null });
  await requestCancel(actor("manager"), { jobId });
  expect(await jobOf(jobId)).toMatchObject({ status: "cancelled" });
  expect((await generationsOf(batchId)).map(({ status }) => status)).toEqual(["skipped", "skipped", "skipped"]);
});

test("a batch whose cancelling died half way is left out by the next worker: its categories are gaps again", async () => {
  const { pens, printers } = await office();
  const dead = await askIcons({ kind: "categories", ids: [pens.id] });
  await transaction((tx) => tx.job.update({ where: { id: dead.jobId }, data: { status: "cancelled" } }));
  await makeIcons({ kind: "categories", ids: [printers.id] });
  expect(await generationsOf(dead.batchId)).toMatchObject([{ status: "skipped" }]);
  const { plan } = await askIcons({ kind: "missing", under: null });
  expect(plan.categories).toBe(2);
});

test("the brand's colour is written down as it was", async () => {
  const { pens } = await office();
  const { generations } = await makeIcons({ kind: "categories", ids: [pens.id] }, { color: "brand" });
  expect(generations[0]?.color).toBe("#2f6fed");
});

test("staff may not ask for icons; what can't be made is refused in a sentence", async () => {
  const { top, pens } = await office();
  const request = iconRequest.parse({ target: { kind: "categories", ids: [pens.id] } });
  await expect(requestIcons(actor("staff"), request)).rejects.toMatchObject({ code: "forbidden" });
  await expect(planIcons(actor("staff"), request)).rejects.toMatchObject({ code: "forbidden" });
  const unknown = { kind: "categories" as const, ids: ["0198c5a0-0000-7000-8000-000000000000"] };
  await expect(askIcons(unknown)).rejects.toMatchObject({ code: "not_found" });
  await expect(askIcons({ kind: "subtree", id: top.id }, { provider: "endpoint" })).rejects.toThrow(
    "No image endpoint is set up.",
  );
  await makeIcons({ kind: "missing", under: null }, { useAtOnce: true });
  await expect(askIcons({ kind: "missing", under: null })).rejects.toThrow("every category here shows an icon");
});

test("two people who ask at once for chosen categories have two batches, and the second is answered by the first", async () => {
  const { top, pens, printers } = await office();
  const target = { kind: "categories" as const, ids: [top.id, pens.id, printers.id] };
  const asked = await Promise.all([askIcons(target), askIcons(target)]);
  const [first, second] = asked.toSorted((a, b) => a.number - b.number);
  expect(asked.map(({ number }) => number).toSorted()).toEqual([1, 2]);
  await workOff(first?.jobId ?? "");
  await workOff(second?.jobId ?? "");
  const again = await generationsOf(second?.batchId ?? "");
  expect(again.map(({ isFromCache, status }) => ({ isFromCache, status }))).toEqual(
    Array(3).fill({ isFromCache: true, status: "succeeded" }),
  );
  expect(await db.icon.count()).toBe(3);
});

test("of two people who fill the gaps at once one has a batch, the other is told where it is", async () => {
  await office();
  const target = { kind: "missing", under: null } as const;
  const asked = await Promise.allSettled([askIcons(target), askIcons(target, { style: "flat" })]);
  expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const refused = asked.find((one) => one.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("(see Batches)") });
  expect(await db.iconBatch.count()).toBe(1);
  expect(await db.iconGeneration.count()).toBe(3);
});

test("who fills the gaps after somebody else is told what becomes of them, as long as nobody used the icons", async () => {
  const { pens } = await office();
  const target = { kind: "missing", under: null } as const;
  const chosen = await askIcons({ kind: "categories", ids: [pens.id] });
  const { job, generations } = await makeIcons(target);
  expect(job.status).toBe("completed");
  expect(generations.map(({ categoryId }) => categoryId)).not.toContain(pens.id);
  await expect(askIcons(target)).rejects.toThrow(
    "There is nothing to make: 1 category has an icon being made (see Batches) and 2 categories have an icon to review",
  );
  await workOff(chosen.jobId);
  await expect(askIcons(target)).rejects.toThrow("3 categories have an icon to review (see Library).");
});

test("a batch asks the database no more for each picture when it has many", async () => {
  const { countQueries } = await import("@/lib/testing/count-queries");
  const { generateJob } = await import("./generate-job");
  const cost = async (categories: number) => {
    const nodes = await Promise.all(Array.from({ length: categories }, () => createCategory()));
    const { batchId } = await askIcons({ kind: "categories", ids: nodes.map(({ id }) => id) });
    return countQueries(() => generateJob.handle({ batchId, makeAnew: false, useAtOnce: true }, quietContext()));
  };
  const few = await cost(5);
  expect(await cost(20)).toBeLessThan(few + 10);
});
