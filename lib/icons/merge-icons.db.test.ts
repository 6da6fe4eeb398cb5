import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { freshTree } from "@/lib/testing/make-icons";
import { resetDatabase } from "@/lib/testing/reset";
import { chooseIcon } from "./activate";
import { getCategoryIcons } from "./category-icons";
import { getIcon } from "./get-icon";
import { mergeIcons } from "./merge-icons";
import { openIcon } from "./open-icon";
import { reviewIcons } from "./review-icons";
import { takeBackAnswers } from "./take-back";
import { uploadIcon } from "./upload-icon";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(() => resetDatabase());

const seenNow = async (id: string) => ({ id, version: (await stateOf(id)).version });
const stateOf = (id: string) => db.icon.findUniqueOrThrow({ where: { id } });
const shownIn = async (categoryId: string) => (await getCategoryIcons(staff, categoryId)).shownId;

async function upload(categoryId: string | null, isActivated = false) {
  const raw = { width: 16, height: 16, channels: 3 as const };
  const bytes = await sharp(randomBytes(16 * 16 * 3), { raw })
    .png()
    .toBuffer();
  const kept = await uploadIcon(manager, { name: "a.png", bytes, categoryId, isActivated, isWantedAnyway: true });
  if (kept.kind !== "kept") throw new Error("It is wanted anyway.");
  return kept.iconId;
}

async function merge(keepId: string, ...othersIds: string[]) {
  const others = await Promise.all(othersIds.map(seenNow));
  return mergeIcons(manager, { keep: await seenNow(keepId), others });
}

async function categories() {
  const made = {
    pens: (await createCategory({ name: "Pens" })).id,
    paper: (await createCategory({ name: "Paper" })).id,
  };
  await freshTree();
  return made;
}

describe("merging icons that look alike", () => {
  test("the kept one stands where the other stood, which its history says; taken back all is as it was", async () => {
    const { pens } = await categories();
    const [shown, spare] = [await upload(pens, true), await upload(pens)];
    const { icons, ...merged } = await merge(spare, shown);
    expect(merged).toEqual({ merged: 1, shown: 1 });
    expect(await shownIn(pens)).toBe(spare);
    expect(await stateOf(shown)).toMatchObject({ status: "inactive", reviewState: "rejected", categoryId: pens });
    expect(await getIcon(staff, shown)).toMatchObject({ merged: { into: spare, filename: "a.png" } });
    expect(await takeBackAnswers(manager, { icons })).toMatchObject({ restored: 1, shown: 1 });
    expect(await shownIn(pens)).toBe(shown);
    expect(await getIcon(staff, shown)).toMatchObject({ merged: null, rejection: null, reviewState: "approved" });
    expect((await db.iconActivation.findMany({ orderBy: { id: "asc" } })).map(({ iconId }) => iconId)).toEqual([
      ...[shown, spare, shown],
    ]);
  });

  test("a category that showed another's look-alike shows a copy: an icon stands for one category", async () => {
    const { pens, paper } = await categories();
    const [kept, other] = [await upload(pens, true), await upload(paper, true)];
    const { icons } = await merge(kept, other);
    expect(await shownIn(pens)).toBe(kept);
    const copy = (await shownIn(paper)) ?? "";
    expect([kept, other]).not.toContain(copy);
    const pixels = async (id: string) =>
      sharp((await openIcon(staff, id)).body as Buffer)
        .raw()
        .toBuffer();
    expect(await pixels(copy)).toEqual(await pixels(kept));
    await takeBackAnswers(manager, { icons });
    expect(await shownIn(paper)).toBe(other);
    await merge(kept, other);
    expect(await shownIn(paper)).toBe(copy);
    expect(await db.icon.count()).toBe(3);
  });

  test("one of no category is given to the other's, and is nobody's again when that is taken back", async () => {
    const { pens } = await categories();
    const [kept, other] = [await upload(null), await upload(pens, true)];
    const { icons } = await merge(kept, other);
    expect(await stateOf(kept)).toMatchObject({ categoryId: pens, status: "active" });
    await takeBackAnswers(manager, { icons });
    expect(await stateOf(kept)).toMatchObject({ categoryId: null, status: "inactive" });
    expect(await shownIn(pens)).toBe(other);
  });

  test("taken back after somebody chose another icon, it is refused and that choice stays", async () => {
    const { pens } = await categories();
    const [shown, spare, third] = [await upload(pens, true), await upload(pens), await upload(pens)];
    const { icons } = await merge(spare, shown);
    await chooseIcon(manager, { categoryId: pens, iconId: third, seenIconId: spare });
    await expect(takeBackAnswers(manager, { icons })).rejects.toThrow("Somebody changed the icon of “Pens” meanwhile");
    expect(await shownIn(pens)).toBe(third);
    expect(await stateOf(shown)).toMatchObject({ reviewState: "rejected" });
  });

  test("one that can't be shown is not kept, and none is merged into itself", async () => {
    const [lost, rejected, other] = [
      await createIcon({ fileMissing: true }),
      await createIcon({ reviewState: "rejected" }),
      await createIcon(),
    ];
    await expect(merge(lost.id, other.id)).rejects.toThrow("has lost its file. Keep another one.");
    await expect(merge(rejected.id, other.id)).rejects.toThrow("was rejected. Approve it first");
    await expect(merge(other.id, other.id)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await stateOf(other.id)).toMatchObject({ version: 1 });
  });

  test("of two people who merge the same at once the second is told, nothing being merged; staff may not", async () => {
    const [a, b] = [await seenNow((await createIcon()).id), await seenNow((await createIcon()).id)];
    await expect(mergeIcons(staff, { keep: a, others: [b] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(takeBackAnswers(staff, { icons: [b] })).rejects.toMatchObject({ code: "forbidden" });
    const answers = await Promise.allSettled([
      mergeIcons(manager, { keep: a, others: [b] }),
      mergeIcons(manager, { keep: b, others: [a] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.icon.count({ where: { reviewState: "rejected" } })).toBe(1);
  });
});

describe("taking an answer back", () => {
  test("an icon that stood for its category and was rejected stands for it again", async () => {
    const { pens } = await categories();
    const id = await upload(pens, true);
    const { icons } = await reviewIcons(manager, { icons: [await seenNow(id)], state: "rejected", reason: "Too dark" });
    expect(await shownIn(pens)).toBeNull();
    expect(await takeBackAnswers(manager, { icons })).toMatchObject({ restored: 1, shown: 1 });
    expect(await shownIn(pens)).toBe(id);
    await expect(takeBackAnswers(manager, { icons })).rejects.toMatchObject({ code: "conflict" });
    const again = { icons: [await seenNow(id)] };
    await expect(takeBackAnswers(manager, again)).rejects.toThrow("There is no answer here that could be taken back.");
  });

  test("one that was rejected before it was approved is rejected again, for the same reason", async () => {
    const { id } = await createIcon();
    await reviewIcons(manager, { icons: [await seenNow(id)], state: "rejected", reason: "Too dark" });
    const { icons } = await reviewIcons(manager, { icons: [await seenNow(id)], state: "approved" });
    await takeBackAnswers(manager, { icons });
    expect(await getIcon(staff, id)).toMatchObject({ reviewState: "rejected", rejection: { reason: "Too dark" } });
  });
});
