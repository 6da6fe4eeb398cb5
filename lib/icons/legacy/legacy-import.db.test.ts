import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, actorOf, createCategory, createFeedSource, createRun, createUser } from "@/lib/testing/factories";
import { freshTree } from "@/lib/testing/make-icons";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { activateIcon } from "../activate";
import { assignIcons } from "../assign-icons";
import { reviewIcons } from "../review-icons";
import { startLegacyImport } from "./legacy-job";
import { legacyReport } from "./legacy-report";
import { settleUnassigned } from "./settle-unassigned";

let pictures: Buffer[];
let folder: string;

beforeAll(async () => {
  pictures = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => makeBlotches(seed, { width: 64, height: 64 })));
});
beforeEach(async () => {
  await resetDatabase();
  rmSync(join(env().dataFolder, "icons"), { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), "stockroom-legacy-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

function entry(categoryId: string | null, file: string, more: object = {}) {
  return { category_id: categoryId, category_name: null, file_path: `data/generated_icons/${file}`, ...more };
}

function writeStore(icons: Record<string, unknown>, files: Record<string, Uint8Array> = {}) {
  writeFileSync(at("metadata.json"), JSON.stringify({ icons }, null, 1));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(at(name), bytes);
}

/** Categories as a feed knows them, by its keys. */
async function feedCategories(keys: Record<string, string>) {
  const source = await createFeedSource();
  for (const [externalKey, name] of Object.entries(keys)) {
    const { id: categoryId } = await createCategory({ name });
    await transaction((tx) =>
      tx.sourceItem.create({
        data: { sourceId: source.id, entity: "category", externalKey, categoryId, contentHash: "" },
      }),
    );
  }
}

async function take(given: { path?: string; dryRun?: boolean; uploads?: string[] } = {}, by = SYSTEM) {
  const wanted = { uploads: [], path: folder, dryRun: false, ...given };
  const { jobId } = await startLegacyImport(by, wanted);
  await workOff(jobId);
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  if (job.status !== "completed") throw new Error(job.error ?? job.status);
  return legacyReport.parse(job.result);
}

const icons = () =>
  db.icon.findMany({ orderBy: { legacyId: "asc" }, include: { category: { select: { name: true } } } });
const outOf = (report: Awaited<ReturnType<typeof take>>) =>
  report.assigned + report.unassigned + report.missing + report.duplicates + report.deleted + report.refused;

async function fiveIcons() {
  await feedCategories({ "12": "Pens", "13": "Paper", "14": "Chairs", "15": "Desks" });
  const [pens, paper, office, chairs] = pictures;
  const sync = { synced: true, shopify_collection_id: 4512, shopify_image_url: "https://cdn.example.com/12.png" };
  const metadata = {
    style: "flat",
    color: "#3B82F6",
    background: "white",
    model: "dall-e-3",
    size: 128,
    prompt: "A pen",
  };
  writeStore(
    {
      a: entry("12", "icon_12_a.png", {
        ...sync,
        metadata,
        category_name: "Pens",
        created_at: "2024-03-05T10:11:12.5",
      }),
      b: entry("13", "icon_13_b.png"),
      c: entry("office", "icon_office_c.png"),
      d: entry("14", "icon_14_d.png"),
      e: entry("15", "icon_15_e.png"),
    },
    {
      "icon_12_a.png": pens ?? Buffer.alloc(0),
      "icon_13_b.png": paper ?? Buffer.alloc(0),
      "icon_office_c.png": office ?? Buffer.alloc(0),
      "icon_14_d.png": chairs ?? Buffer.alloc(0),
    },
  );
}

test("A25 five icons of an earlier system come in once, however often they are migrated", async () => {
  await fiveIcons();
  const json = readFileSync(at("metadata.json"));
  const { mtimeMs, ino } = statSync(at("metadata.json"));

  const first = await take();
  const rows = await icons();
  const second = await take();

  const counts = { in: 5, assets: 5, assigned: 3, unassigned: 1, missing: 1, duplicates: 0, refused: 0 };
  expect(first).toMatchObject({ ...counts, added: 5, activated: 3, byKey: 3, byName: 0 });
  expect(second).toMatchObject({ ...counts, added: 0, activated: 0, found: 0 });
  expect([outOf(first), outOf(second)]).toEqual([5, 5]);
  expect(await icons()).toEqual(rows);
  expect(rows.map(({ legacyId, category, status }) => [legacyId, category?.name ?? null, status])).toEqual([
    ["a", "Pens", "active"],
    ["b", "Paper", "active"],
    ["c", null, "inactive"],
    ["d", "Chairs", "active"],
    ["e", null, "inactive"],
  ]);
  expect(rows.map(({ fileMissing }) => fileMissing)).toEqual([false, false, false, false, true]);
  expect(rows[2]).toMatchObject({ legacyCategory: "office", categoryId: null });
  expect(rows[0]).toMatchObject({
    ...{ collectionId: "4512", shopifyImageId: null, shopifyImageUrl: "https://cdn.example.com/12.png" },
    ...{ style: "flat", color: "#3B82F6", background: "white", model: "dall-e-3", prompt: "A pen" },
    ...{ width: 64, height: 64, format: "png", createdAt: new Date("2024-03-05T10:11:12.5Z") },
    metadata: { legacy: { synced: true, metadata: { size: 128 } } },
  });
  const stored = readFileSync(join(env().dataFolder, rows[0]?.storagePath ?? ""));
  expect(stored.equals(pictures[0] ?? Buffer.alloc(0))).toBe(true);
  expect(readFileSync(at("metadata.json")).equals(json)).toBe(true);
  expect(statSync(at("metadata.json"))).toMatchObject({ mtimeMs, ino });
});

test("a dry run tells what the import then does, and writes nothing", async () => {
  await fiveIcons();
  const told = await take({ dryRun: true });
  expect(await db.icon.count()).toBe(0);
  expect(await db.auditEntry.count()).toBe(0);
  expect(told.lines.map(({ legacyId, iconId }) => [legacyId, iconId])).toEqual([
    ["c", null],
    ["e", null],
  ]);
  expect(() => statSync(join(env().dataFolder, "icons"))).toThrow();
  const done = await take();
  const { dryRun: _, lines: toldLines, ...toldCounts } = told;
  const { dryRun: __, lines: doneLines, ...doneCounts } = done;
  expect(toldCounts).toEqual(doneCounts);
  const withoutIds = (lines: typeof toldLines) => lines.map(({ iconId: ___, ...line }) => line);
  expect(withoutIds(toldLines)).toEqual(withoutIds(doneLines));
});

test("a file that was missing is taken once it is there, and an icon that was added is added", async () => {
  await fiveIcons();
  await take();
  writeFileSync(at("icon_15_e.png"), pictures[4] ?? Buffer.alloc(0));
  const store = JSON.parse(readFileSync(at("metadata.json"), "utf8"));
  writeStore({ ...store.icons, f: entry("12", "icon_12_f.png") }, { "icon_12_f.png": pictures[5] ?? Buffer.alloc(0) });
  expect(await take()).toMatchObject({ in: 6, assets: 6, assigned: 5, missing: 0, added: 1, found: 1, activated: 1 });
  const rows = await icons();
  expect(rows[4]).toMatchObject({ fileMissing: false, status: "active", category: { name: "Desks" }, version: 3 });
  // Pens shows one already.
  expect(rows[5]).toMatchObject({ status: "inactive", category: { name: "Pens" } });
});

test("an icon whose category comes later is assigned by the next import; what a person decided stands", async () => {
  await fiveIcons();
  const mira = await createUser("manager");
  await take();
  const [pens] = await icons();
  await transaction((tx) => activateIcon(tx, actorOf(mira), { categoryId: pens?.categoryId ?? "", iconId: null }));
  await feedCategories({ office: "Office" });
  const report = await take({}, actorOf(mira));
  expect(report).toMatchObject({ assigned: 4, unassigned: 0, activated: 1, added: 0 });
  const rows = await icons();
  expect(rows[0]).toMatchObject({ status: "inactive" });
  expect(rows[2]).toMatchObject({ status: "active", legacyCategory: null, category: { name: "Office" } });
  expect(await db.iconActivation.findFirstOrThrow({ orderBy: { id: "desc" } })).toMatchObject({ userId: mira.id });
});

test("an icon whose category comes later is given to it by itself, once no feed is being read", async () => {
  const [office, chairs] = pictures;
  if (!office || !chairs) throw new Error("They are made first.");
  writeStore({ a: entry("office", "a.png"), b: entry("seats", "b.png") }, { "a.png": office, "b.png": chairs });
  await take();
  await settleUnassigned();
  await feedCategories({ office: "Office", seats: "Seats" });
  await freshTree();
  const [, b] = await icons();
  if (!b) throw new Error("It was imported.");
  const choice = [{ id: b.id, version: b.version }];
  await reviewIcons(actor("manager"), { icons: choice, state: "rejected", reason: "Too dark" });
  const run = await createRun({ status: "running" });
  expect(await settleUnassigned()).toBe(0);
  await transaction((tx) => tx.syncHistory.update({ where: { id: run.id }, data: { status: "success" } }));
  expect(await settleUnassigned()).toBe(2);
  expect(await icons()).toMatchObject([
    { category: { name: "Office" }, status: "active", legacyCategory: null },
    { category: { name: "Seats" }, status: "inactive", reviewState: "rejected" },
  ]);
  expect(await db.iconActivation.findMany()).toMatchObject([{ actorName: "Earlier icons" }]);
  const told = { action: "icon.import", entity: "icon", actorName: "Earlier icons" };
  expect(await db.auditEntry.count({ where: told })).toBe(2);
  await assignIcons(actor("manager"), { icons: [{ id: b.id, version: b.version + 2 }], categoryId: null });
  await freshTree();
  expect(await settleUnassigned()).toBe(0);
});

test("the same picture under two keys is one icon, and the second is told as its duplicate", async () => {
  await feedCategories({ "1": "Pens", "2": "Paper" });
  const [same = Buffer.alloc(0)] = pictures;
  writeStore({ a: entry("1", "a.png"), b: entry("2", "b.png") }, { "a.png": same, "b.png": same });
  for (const dryRun of [true, false, false, true]) {
    const report = await take({ dryRun });
    expect(report).toMatchObject({ in: 2, assets: 1, assigned: 1, duplicates: 1 });
    expect(report.lines[0]).toMatchObject({ legacyId: "b", category: null, note: "It is the very picture of a.png." });
  }
  expect(await db.icon.count()).toBe(1);
});

test("a missing file that turns out to be another's picture leaves no icon without a file behind", async () => {
  writeStore({ a: entry("1", "a.png"), b: entry("2", "b.png") }, { "a.png": pictures[0] ?? Buffer.alloc(0) });
  expect(await take()).toMatchObject({ assets: 2, missing: 1 });
  writeFileSync(at("b.png"), pictures[0] ?? Buffer.alloc(0));
  for (const _ of [1, 2]) expect(await take()).toMatchObject({ in: 2, assets: 1, missing: 0, duplicates: 1 });
  expect(await icons()).toMatchObject([{ legacyId: "a" }]);
});

test("the newest of a category's icons is the one it shows", async () => {
  await feedCategories({ "1": "Pens" });
  const [a = Buffer.alloc(0), b = Buffer.alloc(0), c = Buffer.alloc(0)] = pictures;
  const made = (created_at: string | number | null) => ({ created_at });
  writeStore(
    { a: entry("1", "a.png", made("2023-01-01")), b: entry("1", "b.png", made(1_717_200_000)), c: entry("1", "c.png") },
    { "a.png": a, "b.png": b, "c.png": c },
  );
  expect(await take()).toMatchObject({ assigned: 3, activated: 1 });
  expect((await icons()).map(({ status }) => status)).toEqual(["inactive", "active", "inactive"]);
});

test("a name is believed before a key of another numbering; a doubtful key assigns and shows nothing", async () => {
  await feedCategories({ "1": "Pens", "2": "Paper" });
  await createCategory({ name: "Chairs" });
  await createCategory({ name: "Twins", slug: "twins-1" });
  await createCategory({ name: "Twins", slug: "twins-2" });
  const files = Object.fromEntries(pictures.map((bytes, n) => [`${n}.png`, bytes]));
  writeStore(
    {
      named: entry("9", "0.png", { category_name: "Chairs" }),
      elsewhere: entry("1", "1.png", { category_name: "Chairs" }),
      renamed: entry("2", "2.png", { category_name: "Office paper" }),
      twins: entry(null, "3.png", { category_name: "Twins" }),
      nothing: entry(null, "4.png"),
      near: entry(null, "5.png", { category_name: "CHAIRS" }),
    },
    files,
  );
  const report = await take();
  expect(report).toMatchObject({ in: 6, assigned: 3, unassigned: 3, byName: 2, byKey: 1, activated: 1 });
  expect(Object.fromEntries(report.lines.map(({ legacyId, note }) => [legacyId, note]))).toEqual({
    elsewhere: "The key 1 belongs to “Pens” here: the name was believed.",
    renamed: "The store calls the category “Office paper”.",
    twins: "2 categories have the name “Twins”.",
    nothing: "The store names no category.",
    near: "No category has the name “CHAIRS”.",
  });
  const shown = (await icons()).filter(({ status }) => status === "active");
  expect(shown).toMatchObject([{ legacyId: "elsewhere", category: { name: "Chairs" } }]);
});

test("what is wrong with an icon is told by its key and field, and the others go on", async () => {
  const outside = mkdtempSync(join(tmpdir(), "stockroom-outside-"));
  writeFileSync(join(outside, "secret.png"), pictures[5] ?? Buffer.alloc(0));
  symlinkSync(join(outside, "secret.png"), at("link.png"));
  symlinkSync(outside, at("linked"));
  mkdirSync(at("folder.png"));
  writeStore(
    {
      good: entry("1", "a.png"),
      text: "an icon",
      nofile: { category_id: "1" },
      number: entry("1", "a.png", { file_path: 12 }),
      category: entry("1", "a.png", { category_id: ["1"] }),
      facts: entry("1", "a.png", { metadata: "flat" }),
      up: entry("1", "a.png", { file_path: "../secret.png" }),
      upWithin: entry("1", "a.png", { file_path: "sub/../../secret.png" }),
      whole: entry("1", "a.png", { file_path: join(outside, "secret.png") }),
      windows: entry("1", "a.png", { file_path: "C:\\icons\\secret.png" }),
      link: entry("1", "link.png"),
      linked: entry("1", "linked/secret.png"),
      folder: entry("1", "folder.png"),
      page: entry("1", "page.png"),
      half: entry("1", "half.png"),
    },
    {
      "a.png": pictures[0] ?? Buffer.alloc(0),
      "page.png": Buffer.from("<!doctype html><p>Not found"),
      "half.png": (pictures[1] ?? Buffer.alloc(0)).subarray(0, 900),
    },
  );
  const report = await take();
  expect(report).toMatchObject({ in: 15, assets: 1, unassigned: 1, refused: 14 });
  const notes = Object.fromEntries(report.lines.map(({ legacyId, note }) => [legacyId, note]));
  expect(notes).toMatchObject({
    text: 'Icon "text" must be an object. Correct it in metadata.json and import again.',
    nofile: 'Icon "nofile": file_path is missing. Correct it in metadata.json and import again.',
    number: 'Icon "number": file_path must be text. Correct it in metadata.json and import again.',
    category: 'Icon "category": category_id must be text or a number. Correct it in metadata.json and import again.',
    facts: 'Icon "facts": metadata must be an object. Correct it in metadata.json and import again.',
    folder: "“folder.png” is no file.",
    page: "Its file: It is a web page. Expected is a JPEG, PNG, WebP, GIF or AVIF picture.",
  });
  expect(notes.half).toContain("cut off or damaged");
  for (const id of ["up", "upWithin", "whole", "windows", "link", "linked"]) {
    expect(notes[id]).toContain("outside the store's folder, where nothing is read.");
  }
  const hash = createHash("sha256")
    .update(pictures[5] ?? "")
    .digest("hex");
  expect(await db.icon.count({ where: { fileHash: hash } })).toBe(0);
});

test.each([
  ["broken", '{"icons": {"a": {"categ', "metadata.json is no JSON"],
  ["a list", "[1, 2]", "metadata.json is no icon store: it needs an object “icons”"],
  ["without icons", '{"version": 2}', "it needs an object “icons”"],
  ["with a list of icons", '{"icons": []}', "it needs an object “icons”"],
  ["too large", `{"icons": {"a": "${"x".repeat(64_000_000)}"}}`, "metadata.json is larger than 64.0 MB"],
])("a metadata.json that is %s fails the import in a sentence", async (_, text, sentence) => {
  writeFileSync(at("metadata.json"), text);
  await expect(take()).rejects.toThrow(sentence);
  expect(await db.icon.count()).toBe(0);
});

test("of two entries with one key the last is read, and the other is told, not lost", async () => {
  const [first, last] = pictures;
  writeFileSync(at("first.png"), first ?? "");
  writeFileSync(at("last.png"), last ?? "");
  const told = (file: string) => `"a": ${JSON.stringify(entry(null, file))}`;
  writeFileSync(at("metadata.json"), `{"icons": {${told("first.png")}, ${told("last.png")}}}`);
  const report = await take();
  expect(report).toMatchObject({ in: 2, unassigned: 1, refused: 1 });
  expect(report.lines[0]?.note).toContain('Icon "a" stands in metadata.json more than once');
  expect(await icons()).toMatchObject([{ legacyId: "a", filename: "last.png" }]);
});

test("a place that is not there, a relative one or a folder without a store is refused in a sentence", async () => {
  const start = (path: string) => startLegacyImport(SYSTEM, { uploads: [], path, dryRun: false });
  await expect(start("icons")).rejects.toThrow("Enter the whole path on the server");
  await expect(start(at("nowhere"))).rejects.toThrow("is not there");
  await expect(take()).rejects.toThrow("holds no metadata.json");
  const staff = startLegacyImport(actor("staff"), { uploads: [], path: folder, dryRun: true });
  await expect(staff).rejects.toMatchObject({ code: "forbidden" });
});

test("without a place the usual ones are looked through; none is nothing to do", async () => {
  expect(await take({ path: "" })).toMatchObject({ in: 0, stores: [] });
  mkdirSync(join(env().dataFolder, "icons"), { recursive: true });
  folder = join(env().dataFolder, "icons");
  writeStore({ a: entry(null, "a.png") }, { "a.png": pictures[0] ?? Buffer.alloc(0) });
  expect(await take({ path: "" })).toMatchObject({ in: 1, unassigned: 1, stores: [{ path: folder, icons: 1 }] });
});

test("an icon that a person deleted stays away", async () => {
  await fiveIcons();
  await take();
  await transaction((tx) => tx.icon.delete({ where: { legacyId: "c" } }));
  expect(await take()).toMatchObject({ in: 5, assets: 4, deleted: 1, added: 0 });
  expect(await take({ dryRun: true })).toMatchObject({ in: 5, assets: 4, deleted: 1 });
});

test("two imports of one store at once add each icon once", async () => {
  await fiveIcons();
  const given = { uploads: [], path: folder, dryRun: false };
  const jobs = await Promise.all([startLegacyImport(SYSTEM, given), startLegacyImport(SYSTEM, given)]);
  await Promise.all(jobs.map(({ jobId }) => workOff(jobId)));
  const reports = await db.job.findMany({ where: { jobType: "icons.import" } });
  expect(reports.map(({ status }) => status)).toEqual(["completed", "completed"]);
  expect(reports.reduce((sum, { result }) => sum + legacyReport.parse(result).added, 0)).toBe(5);
  expect(await db.icon.count()).toBe(5);
});
