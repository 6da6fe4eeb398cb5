import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { describeSharedData } from "@/lib/testing/shared-data";
import { listRuns } from "./queries";
import { runFound, runSummary } from "./run-words";

beforeEach(() => resetDatabase());

async function summary(id: string) {
  const { rows } = await listRuns(SYSTEM, {});
  const run = rows.find((row) => row.id === id);
  return run && runSummary(runFound(run));
}

describe("a feed of categories alone", () => {
  test("is no feed without products: its tree comes in, is unchanged the next time, and goes with an undo", async () => {
    const folder = await mkdtemp(join(tmpdir(), "stockroom-tree-"));
    afterAll(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "tree.json");
    const tree = [
      {
        id: "1",
        name: "Office",
        children: [
          { id: "2", name: "Pens" },
          { id: "3", name: "Paper" },
        ],
      },
    ];
    await writeFile(path, JSON.stringify(tree));
    const run = await importFiles("category_json", [path]);
    expect(run).toMatchObject({ status: "success", heldReason: null, jobError: null, created: 0, missing: 0 });
    expect(await db.category.count()).toBe(3);
    expect(await summary(run.id)).toBe("Categories: 3 added");
    const same = await importFiles("category_json", [path]);
    expect(same).toMatchObject({ status: "success", heldReason: null });
    expect(await summary(same.id)).toBe("Categories: nothing changed; 3 unchanged");
    await writeFile(path, JSON.stringify([]));
    expect(await importFiles("category_json", [path])).not.toMatchObject({ status: "success" });
    expect(await db.category.count()).toBe(3);
    await undoRun(run.id);
    expect(await db.category.count()).toBe(0);
  });
});

describeSharedData("the tree of a real shop", (path) => {
  test("R11 comes in whole without a loop, its second reading changes nothing, its undo leaves nothing", {
    timeout: 300_000,
  }, async () => {
    const file = path("taxonomy", "bestbuy-categories.json.gz");
    const empty = await catalogueHash();
    const first = await importFiles("category_json", [file]);
    expect(first).toMatchObject({ jobError: null, heldReason: null });
    const categories = await db.category.findMany({ select: { id: true, parentId: true, level: true } });
    // Five of its ids repeat a name under the same parent: one category, known by both keys.
    expect(await db.sourceItem.count({ where: { entity: "category", categoryId: { not: null } } })).toBe(4_207);
    expect(categories).toHaveLength(4_202);
    const levels = new Map(categories.map(({ id, level }) => [id, level]));
    for (const { parentId, level } of categories) {
      expect(level).toBe(parentId === null ? 0 : (levels.get(parentId) ?? Number.NaN) + 1);
    }
    const refused = await db.syncRejection.count({ where: { runId: first.id, severity: "error" } });
    const warned = await db.syncRejection.count({ where: { runId: first.id, severity: "warning" } });
    expect({ rejected: first.rejected, warned: warned > 0 }).toEqual({ rejected: refused, warned: true });
    expect(first.status).toBe(refused > 0 ? "partial" : "success");
    const [{ rowsRead, rowsStaged, rowsUnchanged, rowsRejected, rowsRepeated }] = (await db.syncFile.findMany({
      where: { runId: first.id },
    })) as [Awaited<ReturnType<typeof db.syncFile.findFirstOrThrow>>];
    expect(rowsStaged + rowsUnchanged + rowsRejected + rowsRepeated).toBe(rowsRead);
    const whole = await catalogueHash();
    const second = await importFiles("category_json", [file]);
    expect(await db.syncChange.count({ where: { runId: second.id } })).toBe(0);
    expect(await catalogueHash()).toBe(whole);
    expect(await undoRun(first.id)).toMatchObject({ status: "success", skipped: 0, jobError: null });
    expect(await db.category.count()).toBe(0);
    expect(await catalogueHash()).toBe(empty);
  });
});
