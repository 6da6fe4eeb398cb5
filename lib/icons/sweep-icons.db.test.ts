import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { startJob } from "@/lib/jobs/start-job";
import { actor, createIcon } from "@/lib/testing/factories";
import { makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { hashLooks } from "./hash-looks";
import { openIconThumbnail, storeIcon } from "./icon-store";
import { scheduleIconsSweep } from "./icons-sweep-job";
import { sweepIcons } from "./sweep-icons";

const nobody = async () => undefined;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const at = (path: string) => join(env().dataFolder, "icons", path);
const files = () =>
  readdirSync(at(""), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(at("").length))
    .sort();

beforeEach(async () => {
  await resetDatabase();
  rmSync(at(""), { recursive: true, force: true });
});

async function stored(colour: string) {
  const file = await storeIcon(await makePicture({ colour }));
  await openIconThumbnail(file, 32);
  const icon = await createIcon({ ...file });
  return { ...file, id: icon.id, path: join(env().dataFolder, file.storagePath) };
}

/** Two icons, the first of them deleted; what a killed process left; and what an earlier system keeps in the folder. */
async function worn() {
  const [gone, kept] = [await stored("#112233"), await stored("#332211")];
  await transaction((tx) => tx.icon.delete({ where: { id: gone.id } }));
  writeFileSync(at("incoming/half"), "half an icon");
  writeFileSync(at("metadata.json"), "{}");
  writeFileSync(at("icon_12_abc.png"), "theirs");
  mkdirSync(at("thumbnails"), { recursive: true });
  writeFileSync(at("thumbnails/icon_12_abc.png"), "theirs too");
  return { gone, kept };
}

test("A26 clearing removes exactly the files that its dry run listed, and what others keep there stays", async () => {
  const { gone, kept } = await worn();
  const before = files();
  const listed = await sweepIcons(inDays(2), nobody, { isDryRun: true });
  expect(files()).toEqual(before);
  expect(listed).toMatchObject({ files: 2, removed: 2, removedNames: [`${gone.fileHash}.png`, "incoming/half"] });
  expect(await sweepIcons(inDays(2), nobody)).toEqual(listed);
  const removed = before.filter((name) => !files().includes(name));
  const isListed = (name: string) => listed.removedNames.some((one) => name.includes(one.replace(/\.png$/, "")));
  expect(removed).toHaveLength(3);
  expect(removed.every(isListed)).toBe(true);
  expect(existsSync(kept.path)).toBe(true);
  expect(await sweepIcons(inDays(2), nobody)).toMatchObject({ files: 1, removed: 0 });
});

test("a file younger than a day stays, and one that was asked for again is young", async () => {
  const { gone } = await worn();
  expect(await sweepIcons(inDays(0.9), nobody)).toMatchObject({ unused: 1, removed: 0 });
  utimesSync(gone.path, inDays(-3), inDays(-3));
  await storeIcon(await makePicture({ colour: "#112233" }));
  expect(await sweepIcons(new Date(), nobody)).toMatchObject({ unused: 1, removed: 0 });
});

test("an admin lists first and clears then, by the same job; managers do neither", async () => {
  const { gone } = await worn();
  utimesSync(gone.path, inDays(-3), inDays(-3));
  const start = async (parameters: object) => {
    const { jobId } = await startJob(actor("admin"), { type: "icons.sweep", parameters: { ...parameters } });
    await workOff(jobId);
    return db.job.findUniqueOrThrow({ where: { id: jobId } });
  };
  const listed = await start({});
  expect(listed).toMatchObject({ status: "completed", result: { dryRun: true, removed: 1 } });
  expect(existsSync(gone.path)).toBe(true);
  const cleared = await start({ dryRun: false });
  expect(cleared.result).toEqual({ ...(listed.result as object), dryRun: false });
  expect(existsSync(gone.path)).toBe(false);
  await expect(startJob(actor("manager"), { type: "icons.sweep" })).rejects.toMatchObject({ code: "forbidden" });
});

test("the daily clearing is put on the queue once, only where there are icons, and a dry run does not stand for it", async () => {
  await scheduleIconsSweep();
  expect(await db.job.count()).toBe(0);
  await stored("#010203");
  await startJob(actor("admin"), { type: "icons.sweep", parameters: { dryRun: true } });
  await Promise.all([scheduleIconsSweep(), scheduleIconsSweep()]);
  expect(await db.job.findMany({ select: { parameters: true }, orderBy: { id: "asc" } })).toEqual([
    { parameters: { dryRun: true } },
    { parameters: { dryRun: false } },
  ]);
});

test("an icon whose file is gone is known to have lost it, and one whose file is back has it again", async () => {
  const { id, path } = await stored("#445566");
  await createIcon({ storagePath: "", fileMissing: true });
  rmSync(path);
  expect(await sweepIcons(new Date(), nobody, { isDryRun: true })).toMatchObject({ lost: 1, found: 0 });
  const row = () => db.icon.findUniqueOrThrow({ where: { id } });
  expect(await row()).toMatchObject({ fileMissing: false, version: 1 });
  expect(await sweepIcons(new Date(), nobody)).toMatchObject({ lost: 1, found: 0 });
  expect(await row()).toMatchObject({ fileMissing: true, version: 2 });
  await storeIcon(await makePicture({ colour: "#445566" }));
  expect(await sweepIcons(new Date(), nobody)).toMatchObject({ lost: 0, found: 1 });
  expect(await row()).toMatchObject({ fileMissing: false, version: 3 });
});

test("an icon that came before looks were kept is compared with others after the clearing", async () => {
  const { id } = await stored("#112233");
  const drawing = await createIcon({ storagePath: "icons/drawing.svg" });
  writeFileSync(at("drawing.svg"), "<svg/>");
  await createIcon({ storagePath: "icons/gone.png" });
  await transaction((tx) => tx.icon.update({ where: { id }, data: { perceptualHash: null } }));
  expect(await hashLooks()).toBe(1);
  expect(await db.icon.findUniqueOrThrow({ where: { id } })).toMatchObject({ perceptualHash: "0".repeat(16) });
  expect(await db.icon.findUniqueOrThrow({ where: { id: drawing.id } })).toMatchObject({ perceptualHash: null });
  expect(await hashLooks()).toBe(0);
});
