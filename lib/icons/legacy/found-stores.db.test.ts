import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { receiveUpload } from "@/lib/feeds/uploads";
import { actor } from "@/lib/testing/factories";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { startLegacyImport } from "./legacy-job";
import { legacyReport } from "./legacy-report";
import { listLegacyImports, listLegacyPlaces, waitingLegacyIcons } from "./list-imports";
import { takeFoundStores } from "./take-found-stores";

const manager = actor("manager");
const folder = () => join(env().dataFolder, "icons");

beforeEach(async () => {
  await resetDatabase();
  rmSync(folder(), { recursive: true, force: true });
});

function leave(icons: Record<string, object>) {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), "metadata.json"), JSON.stringify({ icons }));
}

const entry = (file: string) => ({ category_id: "12", file_path: `data/generated_icons/${file}` });
const jobs = () => db.job.findMany({ where: { jobType: "icons.import" }, orderBy: { id: "asc" } });

test("a store that lies in the data folder is taken over once for each state it is in, whoever looks", async () => {
  await takeFoundStores();
  expect(await jobs()).toEqual([]);
  leave({ a: entry("a.png") });
  await Promise.all([takeFoundStores(), takeFoundStores(), takeFoundStores()]);
  await takeFoundStores();
  expect(await jobs()).toMatchObject([{ userId: null, parameters: { path: folder(), dryRun: false } }]);
  leave({ a: entry("a.png"), b: entry("b.png") });
  await takeFoundStores();
  // Written anew, and still the same.
  leave({ a: entry("a.png"), b: entry("b.png") });
  await takeFoundStores();
  const [first, second, ...others] = await jobs();
  expect(others).toEqual([]);
  for (const job of [first, second]) await workOff(job?.id ?? "");
  expect(
    (await listLegacyImports(manager)).map(({ report, startedBy }) => [report?.in, report?.added, startedBy]),
  ).toEqual([
    [2, 0, null],
    [2, 2, null],
  ]);
});

test("what waits for a person is counted as it stands, and no more once nothing waits", async () => {
  expect(await waitingLegacyIcons(manager)).toBeNull();
  leave({ a: entry("a.png"), b: entry("b.png") });
  writeFileSync(join(folder(), "a.png"), await makeBlotches(1));
  const { jobId } = await startLegacyImport(SYSTEM, { uploads: [], path: "", dryRun: false });
  await workOff(jobId);
  expect(await waitingLegacyIcons(manager)).toEqual({ unassigned: 1, missing: 1 });
  await transaction((tx) => tx.icon.deleteMany({}));
  expect(await waitingLegacyIcons(manager)).toBeNull();
  expect((await listLegacyPlaces(manager))[0]).toMatchObject({ path: folder(), stamp: expect.any(String) });
  await expect(listLegacyPlaces(actor("staff"))).rejects.toMatchObject({ code: "forbidden" });
});

async function upload(name: string, bytes: Uint8Array) {
  const stream = Readable.from([Buffer.from(bytes)]);
  return (await receiveUpload(manager, { name, stream, expectedBytes: bytes.length, kind: "icons" })).uploadId;
}

async function take(uploads: string[]) {
  const { jobId } = await startLegacyImport(SYSTEM, { uploads, path: "", dryRun: false });
  await workOff(jobId);
  return legacyReport.parse((await db.job.findUniqueOrThrow({ where: { id: jobId } })).result);
}

async function zipOf(files: Record<string, Uint8Array>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}

test("a store comes as a zip of its folder, or as its files, and is the same store", async () => {
  const json = Buffer.from(
    JSON.stringify({ icons: { a: entry("a.png"), b: entry("sub/b.png"), c: entry("../c.png") } }),
  );
  const [a, b] = [await makeBlotches(1), await makeBlotches(2)];
  const files = { "generated_icons/metadata.json": json, "generated_icons/a.png": a, "generated_icons/sub/b.png": b };
  const zipped = await take([await upload("icons.zip", await zipOf(files))]);
  expect(zipped).toMatchObject({ in: 3, added: 2, unassigned: 2, refused: 1, stores: [{ path: "icons.zip" }] });
  const single = [await upload("metadata.json", json), await upload("a.png", a), await upload("b.png", b)];
  expect(await take(single)).toMatchObject({ in: 3, added: 0, unassigned: 2, refused: 1 });
  await expect(upload("icons.exe", a)).rejects.toThrow("is no part of an icon store");
});

test("an upload that is gone, or comes together with a place, is refused in a sentence", async () => {
  const start = (given: { uploads: string[]; path: string }) => startLegacyImport(SYSTEM, { ...given, dryRun: true });
  await expect(start({ uploads: [crypto.randomUUID()], path: "" })).rejects.toThrow("An uploaded file is gone.");
  const uploads = [await upload("a.png", await makeBlotches(1))];
  await expect(start({ uploads, path: "/tmp" })).rejects.toThrow("not both");
});
