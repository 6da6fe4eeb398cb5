import { beforeEach, expect, test } from "vitest";
import { openTree } from "@/lib/categories/list-children";
import { db, engine, transaction } from "@/lib/db/client";
import { countQueries } from "@/lib/testing/count-queries";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { activateIcon, activateIcons, chooseIcon } from "./activate";
import { activateChosen } from "./activate-icons";
import { getCategoryIcons } from "./category-icons";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(() => resetDatabase());

async function categoryWith(icons: number) {
  const category = await createCategory();
  const made = [];
  for (let n = 0; n < icons; n++) made.push((await createIcon({ categoryId: category.id })).id);
  return { id: category.id, icons: made as [string, string, string] };
}
const choose = (categoryId: string, iconId: string | null, seenIconId: string | null, by = manager) =>
  chooseIcon(by, { categoryId, iconId, seenIconId });
const shownBy = async (categoryId: string) => (await getCategoryIcons(staff, categoryId)).shownId;

test("what stands for a category is told also where it is older than all the icons that are listed", async () => {
  const { id: categoryId } = await createCategory();
  const { id } = await createIcon({ categoryId, status: "active", reviewState: "approved" });
  for (let n = 0; n < 61; n++) await createIcon({ categoryId });
  const { shownId, icons } = await getCategoryIcons(staff, categoryId);
  expect(shownId).toBe(id);
  expect(icons.filter(({ isShown }) => isShown).map((icon) => icon.id)).toEqual([id]);
});

test("the icon that is chosen is the one in the tree at once, and the one before it steps back", async () => {
  const { id, icons } = await categoryWith(2);
  const inTree = async () => (await openTree(staff, null)).levels[""]?.[0]?.iconId;
  expect(await inTree()).toBeUndefined();
  await choose(id, icons[0], null);
  expect(await inTree()).toBe(icons[0]);
  await choose(id, icons[1], icons[0]);
  expect(await inTree()).toBe(icons[1]);
  const states = await db.icon.findMany({ orderBy: { id: "asc" }, select: { status: true, reviewState: true } });
  expect(states).toEqual([
    { status: "inactive", reviewState: "approved" },
    { status: "active", reviewState: "approved" },
  ]);
});

test("a category goes back to an earlier icon, or to none, and all of it stays in its history", async () => {
  const { id, icons } = await categoryWith(2);
  await choose(id, icons[0], null);
  await choose(id, icons[1], icons[0]);
  await choose(id, icons[0], icons[1]);
  await choose(id, null, icons[0]);
  const { shownId, history } = await getCategoryIcons(staff, id);
  expect(shownId).toBeNull();
  expect(history.map(({ iconId, by }) => [iconId, by])).toEqual([
    [null, "Test manager"],
    [icons[0], "Test manager"],
    [icons[1], "Test manager"],
    [icons[0], "Test manager"],
  ]);
  const audited = await db.auditEntry.findMany({ where: { action: "icon.activate", entityId: id } });
  expect(audited).toHaveLength(4);
});

test("the second of two people who change one category's icon at once is told, and the first's choice stays", async () => {
  const { id, icons } = await categoryWith(2);
  const answers = await Promise.allSettled([choose(id, icons[0], null), choose(id, icons[1], null)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = answers.find((one) => one.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("meanwhile") });
  expect(await db.icon.count({ where: { categoryId: id, status: "active" } })).toBe(1);
  expect(await db.iconActivation.count()).toBe(1);
});

test("an icon that is chosen for two categories at once stands for one of them", async () => {
  const one = await categoryWith(1);
  const other = await categoryWith(0);
  const answers = await Promise.allSettled([choose(one.id, one.icons[0], null), choose(other.id, one.icons[0], null)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect([await shownBy(one.id), await shownBy(other.id)].filter(Boolean)).toEqual([one.icons[0]]);
});

test.each([
  ["rejected", { reviewState: "rejected" }, "was rejected"],
  ["without its file", { fileMissing: true }, "lost its file"],
  ["not made yet", { status: "generating" }, "not made yet"],
  ["failed", { status: "failed" }, "not made yet"],
] as const)("an icon that is %s can't stand for a category", async (_, data, words) => {
  const { id } = await categoryWith(0);
  const icon = await createIcon({ categoryId: id, ...data });
  await expect(choose(id, icon.id, null)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(words),
  });
  expect(await shownBy(id)).toBeNull();
});

test("what is gone is not found, and the same icon again changes nothing", async () => {
  const { id, icons } = await categoryWith(1);
  const gone = "00000000-0000-7000-8000-000000000000";
  await expect(choose(gone, icons[0], null)).rejects.toMatchObject({ code: "not_found" });
  await expect(choose(id, gone, null)).rejects.toMatchObject({ code: "not_found" });
  expect(await choose(id, icons[0], null)).toEqual({ isChanged: true });
  expect(await choose(id, icons[0], icons[0])).toEqual({ isChanged: false });
  expect(await db.iconActivation.count()).toBe(1);
});

test("staff may look and not choose", async () => {
  const { id, icons } = await categoryWith(1);
  expect(() => choose(id, icons[0], null, staff)).toThrow("Your role does not allow this");
  await expect(
    transaction((tx) => activateIcon(tx, staff, { categoryId: id, iconId: icons[0] })),
  ).rejects.toMatchObject({ code: "forbidden" });
  const chosen = { icons: [{ id: icons[0], version: 1 }] };
  await expect(activateChosen(staff, chosen)).rejects.toMatchObject({ code: "forbidden" });
});

test("ticked icons stand for their own categories: one of each, all or none", async () => {
  const one = await categoryWith(2);
  const other = await categoryWith(1);
  const loose = await createIcon();
  const ticked = (...ids: string[]) => activateChosen(manager, { icons: ids.map((id) => ({ id, version: 1 })) });
  await expect(ticked(...one.icons)).rejects.toMatchObject({ message: expect.stringContaining("of one category") });
  await expect(ticked(other.icons[0], loose.id)).rejects.toMatchObject({
    message: expect.stringContaining("has no category"),
  });
  expect(await db.iconActivation.count()).toBe(0);
  expect(await ticked(one.icons[1], other.icons[0])).toEqual({ activated: 2, changedMeanwhile: 0 });
  expect([await shownBy(one.id), await shownBy(other.id)]).toEqual([one.icons[1], other.icons[0]]);
});

test("a hundred categories get their icons with as many queries as one", async () => {
  async function queriesOf(count: number) {
    const wanted: { categoryId: string; iconId: string }[] = [];
    for (let n = 0; n < count; n++) {
      const { id, icons } = await categoryWith(1);
      wanted.push({ categoryId: id, iconId: icons[0] });
    }
    return countQueries(() => transaction((tx) => activateIcons(tx, manager, wanted)));
  }
  await queriesOf(1);
  const few = await queriesOf(2);
  // SQLite runs one prepared statement for each row that it writes.
  const written = engine() === "postgresql" ? 0 : 3 * 98;
  expect(await queriesOf(100)).toBeLessThanOrEqual(few + written);
});
