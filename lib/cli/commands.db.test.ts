import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { mapping } from "@/lib/feeds/mapping";
import { saveMapping } from "@/lib/feeds/mapping/mutations";
import { storeIcon } from "@/lib/icons/icon-store";
import { type SampleFeeds, writeSampleFeeds } from "@/lib/sample/write-sample-feeds";
import { createCategory, createFeedSource, createIcon, createProduct, createUser } from "@/lib/testing/factories";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { check } from "./check";
import { importFeed } from "./feed-import";
import { checkHealth } from "./health";
import { importIcons } from "./icons-import";
import { init } from "./init";
import { showRun, showRuns } from "./sync-history";
import { revertRun } from "./sync-revert";
import { addToken } from "./tokens";
import { addUser, changePassword } from "./users";

let feeds: SampleFeeds;

beforeAll(async () => {
  feeds = await writeSampleFeeds({ folder: join(env().dataFolder, "test-feeds"), day: 1, products: 200 });
});
beforeEach(resetDatabase);

const etilize = (options: { dryRun?: boolean; autoApprove?: boolean } = {}) =>
  importFeed({
    paths: [join(env().dataFolder, "test-feeds", "etilize")],
    source: "etilize",
    dryRun: options.dryRun ?? false,
    autoApprove: options.autoApprove ?? true,
  });

test("feed import makes its source, works the job itself, and the same feed again changes nothing", async () => {
  const first = await etilize();
  expect(first).toMatchObject({ ok: true, value: { number: 1, status: "success", counts: { added: 200 } } });
  expect(await db.product.count()).toBe(200);
  expect(await etilize()).toMatchObject({ ok: true, value: { number: 2, status: "success", counts: { added: 0 } } });
  expect(await db.feedSource.count()).toBe(1);
  expect(await db.worker.count()).toBe(0);
});

test("without --yes a run that found something waits for a person, and the exit code says so", async () => {
  const run = await etilize({ autoApprove: false });
  expect(run).toMatchObject({ ok: false, value: { status: "review" } });
  expect(await db.product.count()).toBe(0);
});

test("a dry run counts what the real one would do and writes no product", async () => {
  expect(await etilize({ dryRun: true })).toMatchObject({
    ok: true,
    value: { is_dry_run: true, counts: { added: 200 } },
  });
  expect(await db.product.count()).toBe(0);
});

test("a feed of another format fails with the run's own sentence", async () => {
  const run = await importFeed({ paths: [feeds.erp], source: "etilize", dryRun: false, autoApprove: true });
  expect(run).toMatchObject({ ok: false, value: { status: "failed" } });
  expect(run.text).toContain("not an Etilize feed");
});

test("a mapped CSV is imported by its source's name, in any case, or its id", async () => {
  const { id } = await createFeedSource({ name: "Acme list", kind: "csv", policies: { unmatched: "create" } });
  const columns = [{ column: "Name", target: { to: "field", field: "name" } }];
  const wanted = mapping.parse({ keyColumn: "No", skuColumn: "No", columns });
  await saveMapping(SYSTEM, { sourceId: id, baseVersion: 0, mapping: wanted, note: "" });
  const path = join(env().dataFolder, "test-feeds", "list.csv");
  const importList = async (source: string, name: string) => {
    await writeFile(path, `No,Name\nA-1,${name}\n`);
    return importFeed({ paths: [path], source, dryRun: false, autoApprove: true });
  };
  expect(await importList("acme LIST", "Pen")).toMatchObject({ ok: true, value: { counts: { added: 1 } } });
  expect(await importList(id, "Pencil")).toMatchObject({ ok: true, value: { counts: { changed: 1 } } });
  expect(await db.feedSource.count()).toBe(1);
});

test("a source that nobody knows is told with those there are, and nothing is made", async () => {
  await createFeedSource({ name: "Acme list" });
  const wrong = importFeed({ paths: [feeds.erp], source: "Acne list", dryRun: false, autoApprove: true });
  await expect(wrong).rejects.toThrow(
    'There is no source "Acne list". The sources are "Acme list"; the formats are etilize, shopify-csv, erp, categories.',
  );
  expect([await db.feedSource.count(), await db.syncHistory.count()]).toEqual([1, 0]);
});

test("a path that does not exist is told before anything is written", async () => {
  const wrong = importFeed({ paths: ["/nowhere/feed.zip"], source: "erp", dryRun: false, autoApprove: true });
  await expect(wrong).rejects.toThrow("/nowhere/feed.zip does not exist");
  expect(await db.syncHistory.count()).toBe(0);
});

test("sync list and sync show tell the runs", async () => {
  await etilize();
  expect(await showRuns(10)).toMatchObject({ ok: true, value: { total: 1, data: [{ number: 1 }] } });
  expect((await showRun(1)).text).toMatch(/^Run #1: Etilize, done: 200 added/);
  await expect(showRun(7)).rejects.toMatchObject({ code: "not_found" });
});

test("init makes the admin once and can be repeated", async () => {
  expect((await init({ demo: false })).value).toMatchObject({
    users: [{ email: "admin@stockroom.local", role: "admin" }],
  });
  expect((await init({ demo: false })).value).toEqual({ applied: [], users: [], sample_requested: false });
  expect(await db.user.count()).toBe(1);
});

test("health counts rows per model and is degraded without a worker", async () => {
  await createUser("admin");
  const health = await checkHealth({ withRows: true });
  expect(health).toMatchObject({
    ok: true,
    value: { status: "degraded", rows: { User: 1, Product: 0, SyncHistory: 0 } },
  });
});

test("people and tokens are made with what they need, and shown their secret once", async () => {
  const added = await addUser("Eve@Example.com", { role: "manager" });
  expect(added).toMatchObject({ ok: true, value: { email: "eve@example.com", username: "eve", role: "manager" } });
  expect(await changePassword("eve", {})).toMatchObject({ ok: true, value: { password: expect.any(String) } });
  expect(await addToken("eve", { name: "nightly", scope: "read" })).toMatchObject({
    ok: true,
    value: { scope: "read" },
  });
  await expect(addUser("eve@example.com", { role: "staff" })).rejects.toMatchObject({ code: "conflict" });
  await expect(addToken("nobody", { name: "x", scope: "read" })).rejects.toMatchObject({ code: "not_found" });
});

test("sync revert shows what would go back, takes a run back once, and says why it can't again", async () => {
  await etilize();
  expect(await revertRun(1, { dryRun: true })).toMatchObject({
    ok: true,
    value: { is_dry_run: true, products: { restored: 0, removed: 200, skipped: 0 }, left: [] },
  });
  expect(await db.product.count()).toBe(200);
  expect(await revertRun(1, { dryRun: false })).toMatchObject({
    ok: true,
    value: { number: 2, status: "success", deleted: 200, skipped: 0, undoes: 1 },
  });
  expect(await db.product.count()).toBe(0);
  await expect(revertRun(1, { dryRun: false })).rejects.toThrow("Run 1 is undone already, by run 2.");
  await expect(revertRun(9, { dryRun: true })).rejects.toThrow("There is no run 9.");
});

test("check says that all counts are right, and names what is not with exit code 1", async () => {
  const office = await createCategory({ name: "Office" });
  await createProduct({ categoryId: office.id });
  expect(await check()).toEqual({
    ok: true,
    value: { categories: 1, products: 1, differences: [], icons: { count: 0, faults: [], unused_files: 0 } },
    text: "All counts are right: 1 category and 1 product.",
  });
  await createCategory({ name: "Lost", path: "elsewhere" }, office);
  expect(await check()).toMatchObject({
    ok: false,
    text: "1 difference in 2 categories and 1 product:\n  elsewhere: path elsewhere, right is office/lost",
  });
});

test("check names icons without their file or category, and files without an icon", async () => {
  rmSync(join(env().dataFolder, "icons"), { recursive: true, force: true });
  const [whole, cut, unused] = await Promise.all([1, 2, 3].map(async (seed) => storeIcon(await makeBlotches(seed))));
  await createIcon({ ...whole, filename: "whole.png" });
  await createIcon({ ...cut, filename: "cut.png" });
  await createIcon({ filename: "gone.png", storagePath: "icons/aa/gone.png" });
  await createIcon({ filename: "known.png", storagePath: "", fileMissing: true });
  await createIcon({ ...whole, filename: "shown.png", fileHash: "other", status: "active" });
  expect(await check()).toMatchObject({ ok: false, value: { icons: { count: 5, unused_files: 1 } } });
  truncateSync(join(env().dataFolder, cut?.storagePath ?? ""), 5);
  const { text } = await check();
  expect(text.replaceAll(/ \([0-9a-f-]{36}\)/g, "")).toBe(
    [
      "All counts are right: 0 categories and 0 products.",
      "3 faults in 5 icons:",
      "  cut.png: its file is not whole",
      "  gone.png: its file is gone",
      "  shown.png: it stands for a category that is gone",
      "1 file that no icon names: the daily clearing removes what is older than a day.",
    ].join("\n"),
  );
  expect(unused).toBeDefined();
});

test("icons import works the job itself, tells what each icon became, and twice is once", async () => {
  const folder = mkdtempSync(join(env().dataFolder, "earlier-icons-"));
  const pens = await createCategory({ name: "Pens" });
  const icons = {
    a: { category_id: "12", category_name: "Pens", file_path: "data/generated_icons/icon_12_a.png" },
    b: { category_id: "office", category_name: null, file_path: "data/generated_icons/icon_office_b.png" },
  };
  await writeFile(join(folder, "metadata.json"), JSON.stringify({ icons }));
  await writeFile(join(folder, "icon_12_a.png"), await makeBlotches(1));
  const tried = await importIcons({ path: folder, dryRun: true });
  expect(tried).toMatchObject({ ok: true, value: { in: 2, assigned: 1, missing: 1, added: 2, dry_run: true } });
  expect(await db.icon.count()).toBe(0);
  expect(await importIcons({ path: folder, dryRun: false })).toMatchObject({
    ok: true,
    value: { in: 2, assets: 2, added: 2 },
    text: [
      "2 icons in: 1 assigned (1 by name), 0 without a category, 1 without a file, 0 duplicates, 0 refused.",
      "It brought 2 new icons; 1 category shows one from now on.",
      "  icon_office_b.png: The store has no file data/generated_icons/icon_office_b.png. It is taken once it is there.",
    ].join("\n"),
  });
  expect(await importIcons({ path: folder, dryRun: false })).toMatchObject({ ok: true, value: { in: 2, added: 0 } });
  expect(await db.icon.findFirst({ where: { categoryId: pens.id } })).toMatchObject({ status: "active" });
  await writeFile(join(folder, "metadata.json"), "{");
  expect(await importIcons({ path: folder, dryRun: false })).toMatchObject({
    ok: false,
    text: "metadata.json is no JSON: it breaks off or is damaged at position 1. Take the file from a backup.",
  });
});
