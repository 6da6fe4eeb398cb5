import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { chooseIcon } from "./activate";
import { assignIcons } from "./assign-icons";
import { deleteIcons } from "./delete-icons";
import { getIcon } from "./get-icon";
import { deletionWords } from "./icon-choice";
import { reviewIcons } from "./review-icons";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(() => resetDatabase());

const seen = ({ id, version }: { id: string; version: number }) => ({ id, version });
const stateOf = async (id: string) => db.icon.findUniqueOrThrow({ where: { id } });
const pair = async () => [await createIcon(), await createIcon()] as const;

describe("reviewing", () => {
  test("icons are approved together and rejected with a reason that stays with them, and put back", async () => {
    const [a, b] = await pair();
    expect(await reviewIcons(manager, { icons: [seen(a), seen(b)], state: "approved" })).toMatchObject({ answered: 2 });
    const rejected = await reviewIcons(manager, {
      icons: [{ id: a.id, version: 2 }],
      state: "rejected",
      reason: "A printer, not its toner",
    });
    expect((await getIcon(staff, a.id)).rejection).toMatchObject({ reason: "A printer, not its toner" });
    await reviewIcons(manager, { icons: rejected.icons, state: "pending" });
    expect(await getIcon(staff, a.id)).toMatchObject({ reviewState: "pending", rejection: null });
    expect(await db.auditEntry.count({ where: { entity: "icon" } })).toBe(4);
  });

  test("what is known of its making outlives each answer", async () => {
    const metadata = { provider: "built-in", symbol: "printer", legacy: { category_id: "12" } };
    const icon = await createIcon({ metadata });
    const { icons } = await reviewIcons(manager, { icons: [seen(icon)], state: "approved" });
    await reviewIcons(manager, { icons, state: "rejected", reason: "A printer, not its toner" });
    expect((await stateOf(icon.id)).metadata).toMatchObject({ ...metadata, rejection: { by: "Test manager" } });
  });

  test("the second of two people who answer one icon at once is told; of several, the rest is answered", async () => {
    const [a, b] = await pair();
    const answers = await Promise.allSettled([
      reviewIcons(manager, { icons: [seen(a)], state: "approved" }),
      reviewIcons(manager, { icons: [seen(a)], state: "rejected", reason: "Not this one" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const both = await reviewIcons(manager, { icons: [seen(a), seen(b)], state: "approved" });
    expect(both).toMatchObject({ answered: 1, changedMeanwhile: 1 });
  });

  test("an icon that is shown and rejected is shown no more", async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createIcon({ categoryId });
    await chooseIcon(manager, { categoryId, iconId: id, seenIconId: null });
    const choice = { icons: [{ id, version: 2 }], state: "rejected" as const, reason: "Unreadable when small" };
    expect(await reviewIcons(manager, choice)).toMatchObject({ takenDown: 1, icons: [{ id, version: 4 }] });
    expect(await stateOf(id)).toMatchObject({ status: "inactive", reviewState: "rejected", version: 4 });
    expect(await db.iconActivation.findMany({ orderBy: { id: "asc" }, select: { iconId: true } })).toEqual([
      { iconId: id },
      { iconId: null },
    ]);
  });

  test("staff may not answer", async () => {
    const icon = await createIcon();
    const answer = reviewIcons(staff, { icons: [seen(icon)], state: "approved" });
    await expect(answer).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("assigning", () => {
  test("unassigned icons are given to a category; one that stands for another stays there", async () => {
    const [paper, pens] = [await createCategory(), await createCategory()];
    const [a, b] = await pair();
    expect(await assignIcons(manager, { icons: [seen(a), seen(b)], categoryId: paper.id })).toMatchObject({
      assigned: 2,
    });
    await chooseIcon(manager, { categoryId: paper.id, iconId: a.id, seenIconId: null });
    const choice = { icons: [{ id: a.id, version: 3 }], categoryId: pens.id };
    await expect(assignIcons(manager, choice)).rejects.toMatchObject({ code: "conflict" });
    expect((await stateOf(a.id)).categoryId).toBe(paper.id);
  });

  test("of two people who assign one icon at once the second is told; staff may not", async () => {
    const [paper, pens] = [await createCategory(), await createCategory()];
    const icon = await createIcon();
    const answers = await Promise.allSettled(
      [paper, pens].map(({ id }) => assignIcons(manager, { icons: [seen(icon)], categoryId: id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const byStaff = assignIcons(staff, { icons: [seen(icon)], categoryId: paper.id });
    await expect(byStaff).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("deleting", () => {
  async function shownAfter() {
    const { id: categoryId } = await createCategory();
    const [first, second] = [await createIcon({ categoryId }), await createIcon({ categoryId })];
    await chooseIcon(manager, { categoryId, iconId: first.id, seenIconId: null });
    await chooseIcon(manager, { categoryId, iconId: second.id, seenIconId: first.id });
    return { categoryId, first: first.id, second: second.id };
  }

  test("an icon that stands for a category is not deleted before somebody says what is shown instead", async () => {
    const { categoryId, first, second } = await shownAfter();
    const icons = [{ id: second, version: 2 }];
    await expect(deleteIcons(manager, { icons })).rejects.toMatchObject({ code: "conflict", details: { shown: 1 } });
    expect(await deleteIcons(manager, { icons, instead: "previous" })).toMatchObject({ deleted: 1, replaced: 1 });
    expect(await stateOf(first)).toMatchObject({ status: "active", categoryId });
    await deleteIcons(manager, { icons: [{ id: first, version: 4 }], instead: "none" });
    expect(await db.icon.count()).toBe(0);
    expect(await db.iconActivation.count({ where: { categoryId } })).toBe(4);
  });

  test("what is known of its making outlives it", async () => {
    const icon = await createIcon();
    const batch = { number: 1, provider: "built-in", style: "line", color: "blue", background: "none", size: 256 };
    await transaction(async (tx) => {
      const { id: batchId } = await tx.iconBatch.create({ data: batch });
      const { number: _, ...look } = batch;
      const made = { batchId, categoryPath: "paper", prompt: "Paper", cacheKey: "k", iconId: icon.id, ...look };
      await tx.iconGeneration.create({ data: { ...made, status: "succeeded", fileHash: icon.fileHash } });
    });
    await deleteIcons(manager, { icons: [seen(icon)] });
    const kept = { iconId: null, prompt: "Paper", fileHash: icon.fileHash, status: "succeeded" };
    expect(await db.iconGeneration.findFirstOrThrow()).toMatchObject(kept);
  });

  test("from fifty on the words are typed; two people at once delete them once; staff may not", async () => {
    const many = [];
    for (let n = 0; n < 50; n++) many.push(seen(await createIcon()));
    await expect(deleteIcons(manager, { icons: many })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(deleteIcons(staff, { icons: many })).rejects.toMatchObject({ code: "forbidden" });
    const confirmation = deletionWords(50) ?? "";
    const answers = await Promise.allSettled([
      deleteIcons(manager, { icons: many, confirmation }),
      deleteIcons(manager, { icons: many, confirmation }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.icon.count()).toBe(0);
  });
});
