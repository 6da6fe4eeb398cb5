import { beforeEach, describe, expect, test } from "vitest";
import { releaseField } from "@/lib/catalog/release-value";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { refreshSearch } from "@/lib/search/refresh-search";
import { planUndo } from "@/lib/sync/undo/preview-undo";
import { catalogueHash, catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCategory, createIcon, createProduct, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import type { CategoryOperation } from "./category-operation";
import { changeCategory } from "./change-category";
import { getCategoryAt } from "./get-category";
import { previewCategory } from "./preview-category";

const staff = actor("staff");
let manager = actor("manager");

beforeEach(async () => {
  await resetDatabase();
  manager = actorOf(await createUser("manager"));
});

async function sample() {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  const notebooks = await createCategory({ name: "Notebooks" }, paper);
  const school = await createCategory({ name: "School" });
  const sheets = await createCategory({ name: "Sheets" }, school);
  const schoolNotebooks = await createCategory({ name: "Notebooks" }, sheets);
  for (const { id } of [notebooks, notebooks, paper, schoolNotebooks]) await createProduct({ categoryId: id });
  await transaction(async (tx) =>
    refreshSearch(
      tx,
      (await tx.product.findMany({ select: { id: true } })).map(({ id }) => id),
    ),
  );
  return { office, paper, notebooks, school, sheets, schoolNotebooks };
}

async function change(operation: CategoryOperation, options: { version?: number; confirmation?: string } = {}) {
  const changed = await changeCategory(manager, { operation, ...options });
  for (const job of await db.job.findMany({ where: { status: "pending" } })) await workOff(job.id);
  return changed;
}

async function paths() {
  return (await db.category.findMany({ select: { path: true }, orderBy: { path: "asc" } })).map(({ path }) => path);
}

/** Undoes a run and expects the catalogue to be what it was. */
async function expectUndone(runId: string, before: Record<string, string>) {
  const preview = await planUndo(manager, runId);
  expect(preview.left).toEqual([]);
  const undone = await undoRun(runId);
  expect(undone).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
  expect(preview.products.restored).toBe(undone.updated);
}

describe("C4 a category", () => {
  test("is made where it was asked for, as a run that can be undone", async () => {
    const { office } = await sample();
    const before = await catalogueHashes();
    const made = await change({ kind: "create", parentId: office.id, name: "Pens & Pencils" });
    expect(made).toMatchObject({ path: "office/pens-and-pencils", products: 0, isQueued: false });
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: made.runId }, include: { changes: true } });
    expect(run).toMatchObject({ syncType: "category", status: "success", source: "New category “Pens & Pencils”" });
    expect(run.changes).toMatchObject([{ entity: "category", entityId: made.id, action: "create", state: "applied" }]);
    await expectUndone(made.runId, before);
    expect(await db.auditEntry.count({ where: { action: "category.create", entityId: made.id } })).toBe(1);
  });

  test("is not made twice under one name", async () => {
    const { office } = await sample();
    await expect(change({ kind: "create", parentId: office.id, name: "PAPER" })).rejects.toMatchObject({
      code: "conflict",
      message: "“Office” holds a category “Paper” already. Choose another name, or merge the two.",
    });
  });

  test("made where one stood that was moved leaves the moved one its old address", async () => {
    const { office, school, paper } = await sample();
    await change({ kind: "move", id: paper.id, parentId: school.id });
    const made = await change({ kind: "create", parentId: office.id, name: "Paper" });
    expect(made.path).toBe("office/paper-2");
    expect(await getCategoryAt(staff, "office/paper")).toEqual({ movedTo: "school/paper" });
  });

  test("renamed takes all below along, old addresses lead on, products are found by the new name", async () => {
    const { office, paper } = await sample();
    const before = await catalogueHashes();
    const operation = { kind: "rename", id: office.id, name: "Bureau" } as const;
    expect(await previewCategory(manager, operation)).toMatchObject({
      products: 3,
      below: 2,
      redirects: 3,
      moved: 0,
      address: { from: "office", to: "bureau" },
      confirmation: null,
    });
    const { runId } = await change(operation);
    expect(await paths()).toEqual([
      "bureau",
      "bureau/paper",
      "bureau/paper/notebooks",
      "school",
      "school/sheets",
      "school/sheets/notebooks",
    ]);
    expect(await getCategoryAt(staff, "office/paper")).toEqual({ movedTo: "bureau/paper" });
    expect(await db.productSearch.count({ where: { body: { contains: "bureau" } } })).toBe(3);
    await expectUndone(runId, before);
    expect(await db.category.findUniqueOrThrow({ where: { id: paper.id } })).toMatchObject({ path: "office/paper" });
  });

  test("keeps an address of its own, also when it moves", async () => {
    const { paper, school } = await sample();
    const before = await catalogueHashes();
    const renamed = await change({ kind: "rename", id: paper.id, name: "Paper", slug: "Fine Paper" });
    expect(renamed.path).toBe("office/fine-paper");
    const moved = await change({ kind: "move", id: paper.id, parentId: school.id });
    expect(moved.path).toBe("school/fine-paper");
    await undoRun(moved.runId);
    await expectUndone(renamed.runId, before);
  });

  test("archived is kept with all its products, and restored", async () => {
    const { office } = await sample();
    const before = await catalogueHashes();
    const { runId } = await change({ kind: "archive", id: office.id });
    expect(await db.category.findUniqueOrThrow({ where: { id: office.id } })).toMatchObject({ isActive: false });
    expect(await db.product.count({ where: { category: { path: { startsWith: "office" } } } })).toBe(3);
    await expect(change({ kind: "archive", id: office.id })).rejects.toMatchObject({ code: "invalid_input" });
    await expectUndone(runId, before);
  });
});

describe("C10 a category that is moved", () => {
  test("brings all below, and goes back by an undo", async () => {
    const { paper, school } = await sample();
    const before = await catalogueHashes();
    const { runId, path } = await change({ kind: "move", id: paper.id, parentId: school.id });
    expect(path).toBe("school/paper");
    expect(await db.category.findUniqueOrThrow({ where: { path: "school/paper/notebooks" } })).toMatchObject({
      level: 2,
    });
    expect(await db.productSearch.count({ where: { body: { contains: "school" } } })).toBe(4);
    await expectUndone(runId, before);
  });

  test("stands among its siblings where it was put", async () => {
    await sample();
    const names = ["Ant", "Bee", "Cat", "Dog"];
    for (const name of names) await change({ kind: "create", parentId: null, name });
    const before = await catalogueHashes();
    const of = async (name: string) => (await db.category.findFirstOrThrow({ where: { name } })).id;
    const run = await change({ kind: "move", id: await of("Dog"), parentId: null, beforeId: await of("Bee") });
    const rows = await db.category.findMany({
      where: { parentId: null },
      orderBy: [{ sortOrder: "asc" }, { nameKey: "asc" }],
      select: { name: true },
    });
    expect(rows.map(({ name }) => name)).toEqual(["Ant", "Dog", "Bee", "Cat", "Office", "School"]);
    await expectUndone(run.runId, before);
  });

  test("never comes to stand below itself", async () => {
    const { office, notebooks } = await sample();
    for (const parentId of [office.id, notebooks.id]) {
      await expect(change({ kind: "move", id: office.id, parentId })).rejects.toMatchObject({ code: "conflict" });
    }
  });

  test("two moves at once that would make a cycle together: one is refused, whichever comes second", async () => {
    const { office, school, paper, sheets } = await sample();
    const pairs = [
      [office.id, school.id],
      [office.id, sheets.id],
      [paper.id, school.id],
    ] as const;
    for (const [one, other] of pairs) {
      const moves = await Promise.allSettled([
        changeCategory(manager, { operation: { kind: "move", id: one, parentId: other } }),
        changeCategory(manager, { operation: { kind: "move", id: school.id, parentId: one } }),
      ]);
      const ended = moves.map(({ status }) => status);
      if (other === school.id) expect(ended.filter((status) => status === "fulfilled")).toHaveLength(1);
      await expectForest();
    }
  });
});

describe("C13 a category that is merged into another", () => {
  test("leaves its products, children, icons and addresses there, and all goes back by an undo", async () => {
    const { paper, sheets, notebooks, schoolNotebooks } = await sample();
    const ruled = await createCategory({ name: "Ruled" }, sheets);
    await createProduct({ categoryId: ruled.id, status: "archived" });
    const product = await createProduct({ categoryId: sheets.id });
    const icon = await createIcon({ categoryId: sheets.id, status: "active" });
    await transaction(async (tx) => {
      await tx.categoryRedirect.create({ data: { path: "old/sheets", categoryId: sheets.id } });
      const definition = await tx.metafieldDefinition.create({
        data: { namespace: "custom", key: "size", name: "Size", type: "single_line_text_field" },
      });
      await tx.categoryTemplateEntry.create({ data: { categoryId: sheets.id, definitionId: definition.id } });
      const text = { value: "A4", type: "single_line_text_field" };
      await tx.categoryMetafield.create({ data: { categoryId: sheets.id, namespace: "custom", key: "size", ...text } });
      await refreshSearch(
        tx,
        (await tx.product.findMany({ select: { id: true } })).map(({ id }) => id),
      );
    });
    const before = await catalogueHashes();
    const extras = await rest();
    const operation = { kind: "merge", id: sheets.id, intoId: paper.id } as const;
    expect(await previewCategory(manager, operation)).toMatchObject({
      moved: 2,
      below: 2,
      icons: 1,
      shownIcons: [{ id: icon.id, category: "Sheets" }],
      iconAfter: "own",
      twins: ["Notebooks"],
      address: { from: "school/sheets", to: "office/paper" },
    });
    const { runId, ...merged } = await change(operation);
    expect(merged).toMatchObject({ id: paper.id, path: "office/paper", products: 2 });
    expect(await paths()).toEqual(["office", "office/paper", "office/paper/notebooks", "office/paper/ruled", "school"]);
    expect(await db.product.count({ where: { categoryId: notebooks.id } })).toBe(3);
    expect(await db.product.findUniqueOrThrow({ where: { id: product.id } })).toMatchObject({
      categoryId: paper.id,
      fieldSources: { category: { runId } },
    });
    expect(await getCategoryAt(staff, "school/sheets/notebooks")).toEqual({ movedTo: "office/paper/notebooks" });
    expect(await getCategoryAt(staff, "old/sheets")).toEqual({ movedTo: "office/paper" });
    expect(await db.icon.findUniqueOrThrow({ where: { id: icon.id } })).toMatchObject({ categoryId: paper.id });
    await expectUndone(runId, before);
    const { id: ofPaper } = await createIcon({ categoryId: paper.id, status: "active" });
    expect(await previewCategory(manager, operation)).toMatchObject({ iconAfter: "other" });
    await transaction((tx) => tx.icon.delete({ where: { id: ofPaper } }));
    expect(await rest()).toEqual(extras);
    expect(await db.category.findUniqueOrThrow({ where: { id: schoolNotebooks.id } })).toMatchObject({
      path: "school/sheets/notebooks",
    });
  });

  test("goes back but for what was changed since, which is said", async () => {
    const { paper, sheets, office } = await sample();
    const [stays, moved] = [
      await createProduct({ categoryId: sheets.id }),
      await createProduct({ categoryId: sheets.id }),
    ];
    const { runId } = await change({ kind: "merge", id: sheets.id, intoId: paper.id });
    await updateProduct(manager, { id: moved.id, changes: { categoryId: { to: office.id } }, metafields: [] });
    const undone = await undoRun(runId);
    expect(undone).toMatchObject({ status: "partial", skipped: 1 });
    expect(await db.product.findUniqueOrThrow({ where: { id: stays.id } })).toMatchObject({ categoryId: sheets.id });
    expect(await db.product.findUniqueOrThrow({ where: { id: moved.id } })).toMatchObject({ categoryId: office.id });
  });

  test("is known to its feed as the other from then on: later rows land there, its words rename nothing", async () => {
    await importRows({ SPR1: { category: "Office > Pens" }, SPR2: { category: "Office > Writing" } });
    const [pens, writing] = await Promise.all(
      ["office/pens", "office/writing"].map((path) => db.category.findUniqueOrThrow({ where: { path } })),
    );
    if (!pens || !writing) throw new Error("The import makes both.");
    const before = await catalogueHash({ versions: false });
    const { runId } = await change({ kind: "merge", id: pens.id, intoId: writing.id });
    await importRows({
      SPR1: { category: "Office > Pens" },
      SPR2: { category: "Office > Writing" },
      SPR3: { category: "Office > Pens" },
      SPR4: { category: "Office > Pens > Gel" },
    });
    const placed = await db.product.findMany({
      orderBy: { sku: "asc" },
      select: { category: { select: { path: true } } },
    });
    expect(placed.map(({ category }) => category?.path)).toEqual([
      "office/writing",
      "office/writing",
      "office/writing",
      "office/writing/gel",
    ]);
    await resetToBefore(runId);
    expect(await catalogueHash({ versions: false })).toBe(before);

    async function resetToBefore(merge: string) {
      const last = await db.syncHistory.findFirstOrThrow({ orderBy: { number: "desc" } });
      await undoRun(last.id);
      await undoRun(merge);
    }
  });

  test("a kept category given back to the feed goes to where the feed's was merged into", async () => {
    await importRows({ SPR1: { category: "Office > Pens" }, SPR2: { category: "Office > Writing" } });
    const at = (path: string) => db.category.findUniqueOrThrow({ where: { path } });
    const [pens, writing] = [await at("office/pens"), await at("office/writing")];
    const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
    await updateProduct(manager, { id, changes: { categoryId: { to: (await at("office")).id } }, metafields: [] });
    await change({ kind: "merge", id: pens.id, intoId: writing.id });
    await releaseField(manager, { id, field: "categoryId" });
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ categoryId: writing.id });
  });

  test("by two at once is merged once", async () => {
    const { paper, sheets } = await sample();
    const operation = { kind: "merge", id: sheets.id, intoId: paper.id } as const;
    const ended = await Promise.allSettled([1, 2].map(() => changeCategory(manager, { operation })));
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = ended.find((one) => one.status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "not_found" } });
  });

  test("with many products is confirmed by its name", async () => {
    const { paper, sheets } = await sample();
    for (let n = 0; n < 50; n++) await createProduct({ categoryId: sheets.id });
    const operation = { kind: "merge", id: sheets.id, intoId: paper.id } as const;
    expect(await previewCategory(manager, operation)).toMatchObject({ confirmation: "merge Sheets" });
    await expect(change(operation)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { confirmation: expect.any(String) },
    });
    await expect(change(operation, { confirmation: "merge sheets" })).resolves.toMatchObject({ products: 51 });
  });
});

test("the second of two who rename one category is told, and nothing of theirs is written", async () => {
  const { paper } = await sample();
  const rename = (name: string) =>
    changeCategory(manager, { operation: { kind: "rename", id: paper.id, name }, version: paper.version });
  const ended = await Promise.allSettled([rename("Papers"), rename("Sheets of paper")]);
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(ended.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  expect(await db.syncHistory.count()).toBe(1);
});

test("staff change nothing of the tree, and preview nothing", async () => {
  const { paper, school } = await sample();
  const operations: CategoryOperation[] = [
    { kind: "create", parentId: null, name: "New" },
    { kind: "rename", id: paper.id, name: "New" },
    { kind: "move", id: paper.id, parentId: school.id },
    { kind: "merge", id: paper.id, intoId: school.id },
    { kind: "archive", id: paper.id },
    { kind: "restore", id: paper.id },
  ];
  for (const operation of operations) {
    await expect(changeCategory(staff, { operation })).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewCategory(staff, operation)).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await db.syncHistory.count()).toBe(0);
});

/** What goes with a category beside what the catalogue's hash holds. */
async function rest() {
  return {
    icons: await db.icon.findMany({ select: { id: true, categoryId: true, status: true }, orderBy: { id: "asc" } }),
    template: await db.categoryTemplateEntry.findMany({ select: { categoryId: true, definitionId: true } }),
    metafields: await db.categoryMetafield.findMany({ select: { categoryId: true, key: true, value: true } }),
    old: await db.categoryRedirect.findUnique({ where: { path: "old/sheets" }, select: { categoryId: true } }),
  };
}

/** Every category is reached from the top, and its path and level say how. */
async function expectForest() {
  const rows = await db.category.findMany({
    select: { id: true, parentId: true, path: true, slug: true, level: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    const parent = row.parentId ? byId.get(row.parentId) : null;
    expect(row.path).toBe(parent ? `${parent.path}/${row.slug}` : row.slug);
    expect(row.level).toBe(parent ? parent.level + 1 : 0);
  }
}
