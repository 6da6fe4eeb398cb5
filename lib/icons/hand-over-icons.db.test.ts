import { beforeEach, expect, test } from "vitest";
import { changeCategory } from "@/lib/categories/change-category";
import { db } from "@/lib/db/client";
import { actorOf, createCategory, createIcon, createUser } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { chooseIcon } from "./activate";
import { getCategoryIcons } from "./category-icons";
import { reviewIcons } from "./review-icons";

let manager: ReturnType<typeof actorOf>;
let userId: string;

beforeEach(async () => {
  await resetDatabase();
  const user = await createUser("manager");
  userId = user.id;
  manager = actorOf(user);
});

async function sample({ isTaken }: { isTaken: boolean }) {
  const from = await createCategory({ name: "From" });
  const into = await createCategory({ name: "Into" });
  const theirs = await createIcon({ categoryId: from.id, status: "active" });
  const spare = await createIcon({ categoryId: from.id });
  const own = isTaken ? await createIcon({ categoryId: into.id, status: "active" }) : null;
  const operation = { kind: "merge", id: from.id, intoId: into.id } as const;
  const { runId } = await changeCategory(manager, { operation, confirmation: "merge From" });
  return { from, into, theirs, spare, own, runId };
}

const historyOf = async (categoryId: string) => {
  const rows = await db.iconActivation.findMany({ where: { categoryId }, orderBy: { id: "asc" } });
  return rows.map((row) => [row.iconId, row.userId]);
};

test("a category merged into one without an icon brings its own, which both histories say, and an undo takes it back", async () => {
  const { from, into, theirs, runId } = await sample({ isTaken: false });
  expect((await getCategoryIcons(manager, into.id)).shownId).toBe(theirs.id);
  expect(await historyOf(into.id)).toEqual([[theirs.id, userId]]);
  expect(await historyOf(from.id)).toEqual([[null, userId]]);
  await undoRun(runId);
  expect((await getCategoryIcons(manager, into.id)).shownId).toBeNull();
  expect((await getCategoryIcons(manager, from.id)).shownId).toBe(theirs.id);
  expect((await historyOf(into.id)).map(([iconId]) => iconId)).toEqual([theirs.id, null]);
  expect((await historyOf(from.id)).map(([iconId]) => iconId)).toEqual([null, theirs.id]);
});

test("merged into one that shows an icon it changes nothing there; its own can be chosen, and a choice outlives the undo", async () => {
  const { from, into, theirs, spare, own, runId } = await sample({ isTaken: true });
  expect((await getCategoryIcons(manager, into.id)).shownId).toBe(own?.id);
  expect(await historyOf(into.id)).toEqual([]);
  await chooseIcon(manager, { categoryId: into.id, iconId: spare.id, seenIconId: own?.id ?? null });
  await undoRun(runId);
  expect((await getCategoryIcons(manager, into.id)).shownId).toBe(spare.id);
  expect((await getCategoryIcons(manager, from.id)).shownId).toBe(theirs.id);
  expect((await historyOf(into.id)).map(([iconId]) => iconId)).toEqual([spare.id]);
});

test("an icon that was rejected since goes back, and is not shown again", async () => {
  const { from, theirs, runId } = await sample({ isTaken: true });
  const { version } = await db.icon.findUniqueOrThrow({ where: { id: theirs.id } });
  await reviewIcons(manager, { icons: [{ id: theirs.id, version }], state: "rejected", reason: "Too dark" });
  await undoRun(runId);
  expect(await db.icon.findUniqueOrThrow({ where: { id: theirs.id } })).toMatchObject({ categoryId: from.id });
  expect((await getCategoryIcons(manager, from.id)).shownId).toBeNull();
});
