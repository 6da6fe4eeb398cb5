import { beforeEach, expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { changeCategory } from "@/lib/categories/change-category";
import { db, transaction } from "@/lib/db/client";
import { countQueries } from "@/lib/testing/count-queries";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { chooseIcon } from "./activate";
import { iconCoverage, listGaps } from "./coverage";
import { parseCoverageSearch } from "./coverage-search";
import { parseIconSearch } from "./icon-search";
import { iconFigures, listIcons } from "./list-icons";

const manager = actor("manager");
const staff = actor("staff");
let version = 0;

beforeEach(() => resetDatabase());

/** Two branches in which each state stands once; and a branch that is archived. */
async function seed() {
  const top = await createCategory({ name: "Electronics" });
  const office = await createCategory({ name: "Office" });
  const past = await createCategory({ name: "Past", isActive: false });
  const below = (name: string) => createCategory({ name }, top);
  const [printers, toner, paper, fax, copier] = [
    await below("Printers"),
    await below("Toner"),
    await below("Paper"),
    await below("Fax"),
    await below("Copiers"),
  ];
  const pens = await createCategory({ name: "Pens" }, office);
  await createCategory({ name: "Telex" }, past);
  await createIcon({ categoryId: printers.id, status: "active", reviewState: "approved", createdAt: new Date(1e12) });
  await createIcon({ categoryId: toner.id });
  await createIcon({ categoryId: toner.id, reviewState: "rejected" });
  await createIcon({ categoryId: paper.id, reviewState: "rejected" });
  await createIcon({ categoryId: fax.id, status: "active", reviewState: "approved", fileMissing: true });
  await createIcon({ categoryId: copier.id, reviewState: "approved" });
  await createIcon({ categoryId: pens.id, status: "active", reviewState: "approved" });
  await fresh();
  return { top, office, printers, toner, paper, fax, copier, pens };
}

/** Emptying the tables takes the versions back to 0; a cache must not take a later test's for its own. */
async function fresh() {
  version += 1_000;
  await transaction((tx) => tx.catalogueVersion.updateMany({ data: { version } }));
}
const counted = (found: Awaited<ReturnType<typeof iconCoverage>>) =>
  Object.fromEntries(Object.entries(found.counts).filter(([, count]) => count > 0));

test("coverage counts each category once, by what it lacks, in its top branch; archived ones don't count", async () => {
  const seeded = await seed();
  const found = await iconCoverage(staff, parseCoverageSearch({}));
  expect(found.categories).toBe(8);
  expect(counted(found)).toEqual({ covered: 2, review: 1, rejected: 1, missing: 1, unused: 1, none: 2 });
  expect(found.branches.map(({ name, categories, counts }) => [name, categories, counts.covered])).toEqual([
    ["Electronics", 6, 1],
    ["Office", 2, 1],
  ]);
  expect(found.rows.map(({ name, state }) => [name, state])).toEqual([
    ["Electronics", "none"],
    ["Copiers", "unused"],
    ["Fax", "missing"],
    ["Paper", "rejected"],
    ["Toner", "review"],
    ["Office", "none"],
  ]);
  const gaps = await listGaps(staff, {});
  expect(gaps).toEqual([seeded.top.id, seeded.fax.id, seeded.paper.id, seeded.office.id]);
  expect(await listGaps(staff, { branch: seeded.office.id })).toEqual([seeded.office.id]);
  expect((await iconCoverage(staff, parseCoverageSearch({ state: "none", branch: seeded.top.id }))).total).toBe(1);
});

test("a category that was renamed since its icon was chosen is stale until somebody chooses again; a move is no renaming", async () => {
  const { office, printers, pens } = await seed();
  const stale = async () =>
    (await iconCoverage(staff, parseCoverageSearch({ state: "stale" }))).rows.map(({ name }) => name);
  await changeCategory(manager, { operation: { kind: "move", id: pens.id, parentId: null } });
  expect(await stale()).toEqual([]);
  await changeCategory(manager, { operation: { kind: "rename", id: printers.id, name: "Plotters" } });
  expect(await stale()).toEqual(["Plotters"]);
  const { id: iconId } = await createIcon({ categoryId: printers.id });
  const { id: shown } = await db.icon.findFirstOrThrow({ where: { categoryId: printers.id, status: "active" } });
  await chooseIcon(manager, { categoryId: printers.id, iconId, seenIconId: shown });
  expect(await stale()).toEqual([]);
  expect(office.id).not.toBe(pens.id);
});

test("an icon that is older than asked for is stale, and can be made anew", async () => {
  const { printers } = await seed();
  const found = await iconCoverage(staff, parseCoverageSearch({ days: "365", state: "stale" }));
  expect(found.rows.map(({ name }) => name)).toEqual(["Printers"]);
  expect(await listGaps(staff, { days: 365, state: "stale" })).toEqual([printers.id]);
  expect((await iconCoverage(staff, parseCoverageSearch({}))).counts.stale).toBe(0);
});

test("an icon that is asked for counts as being made, and is no gap to be filled twice", async () => {
  const { office } = await seed();
  const look = { provider: "built-in", style: "line", color: "blue", background: "none", size: 256 };
  await transaction(async (tx) => {
    const { id: batchId } = await tx.iconBatch.create({ data: { number: 1, ...look } });
    const data = { batchId, categoryId: office.id, categoryPath: "office", prompt: "Office", cacheKey: "k", ...look };
    await tx.iconGeneration.create({ data });
  });
  expect(counted(await iconCoverage(staff, parseCoverageSearch({})))).toMatchObject({ making: 1, none: 1 });
  expect(await listGaps(staff, {})).not.toContain(office.id);
});

test("the board and the library ask as many queries of ten categories as of a hundred", async () => {
  async function queriesOf(count: number) {
    await resetDatabase();
    for (let n = 0; n < count; n++) {
      const { id: categoryId } = await createCategory();
      await createIcon({ categoryId, status: "active" });
    }
    await fresh();
    await transaction((tx) => raiseCatalogueVersion(tx, "categories"));
    return {
      board: await countQueries(() => iconCoverage(staff, parseCoverageSearch({}))),
      library: await countQueries(() => listIcons(staff, parseIconSearch({}))),
      figures: await countQueries(() => iconFigures(staff)),
    };
  }
  await queriesOf(1);
  expect(await queriesOf(100)).toEqual(await queriesOf(10));
});

test("the library finds icons by prompt, category with all below, model, style, state and batch, page by page", async () => {
  const { top, toner, pens } = await seed();
  await createIcon({ prompt: "A purple toner", model: "gpt-image-1", style: "flat", categoryId: toner.id });
  await createIcon({ prompt: "", legacyId: "legacy-1" });
  const total = async (params: Record<string, unknown>) => (await listIcons(staff, parseIconSearch(params))).total;
  expect(await total({})).toBe(9);
  expect(await total({ q: "PURPLE" })).toBe(1);
  expect(await total({ q: "toner" })).toBe(3);
  expect(await total({ category: top.id })).toBe(7);
  expect(await total({ category: pens.id })).toBe(1);
  expect(await total({ model: "gpt-image-1" })).toBe(1);
  expect(await total({ style: "flat" })).toBe(1);
  expect(await total({ show: "review" })).toBe(3);
  expect(await total({ show: "unassigned" })).toBe(1);
  expect(await total({ show: "missing" })).toBe(1);
  expect(await total({ origin: "imported" })).toBe(1);
  expect(await total({ batch: "9" })).toBe(0);
  const { figures } = await iconFigures(staff);
  expect(figures).toEqual({ all: 9, review: 3, active: 3, rejected: 2, unassigned: 1, missing: 1 });
  const seen: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await listIcons(staff, parseIconSearch({ before }), 2);
    seen.push(...page.rows.map(({ id }) => id));
    if (page.older === null) break;
    before = page.older;
  }
  const all = await db.icon.findMany({ orderBy: { id: "desc" }, select: { id: true } });
  expect(seen).toEqual(all.map(({ id }) => id));
});
