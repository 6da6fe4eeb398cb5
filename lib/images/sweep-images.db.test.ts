import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openPicture } from "@/lib/catalog/pictures";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, createImage, createProduct } from "@/lib/testing/factories";
import { inPieces, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { addPicture } from "./add-picture";
import { pendingPictures } from "./fetch-scope";
import { scheduleImagesSweep } from "./images-sweep-job";
import { removePicture } from "./remove-picture";
import { sweepImages } from "./sweep-images";

const manager = actor("manager");
const nobody = async () => undefined;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const at = (path: string) => join(env().dataFolder, path);

beforeEach(async () => {
  await resetDatabase();
  rmSync(at("images"), { recursive: true, force: true });
});

async function uploaded(colour: string) {
  const { id: productId } = await createProduct();
  const source = inPieces(await makePicture({ colour, width: 200, height: 150 }));
  const { imageId } = await addPicture(manager, { productId, name: "pen.png", source });
  await openPicture(manager, imageId, 96);
  const { storagePath } = await db.productImage.findUniqueOrThrow({ where: { id: imageId } });
  return { productId, imageId, path: at(storagePath ?? "") };
}

const thumbnails = () =>
  readdirSync(at("images/thumbnails"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".webp"));

test("a file that nothing names is marked first, and removed with its smaller versions thirty days later", async () => {
  const [kept, gone] = [await uploaded("#112233"), await uploaded("#332211")];
  await transaction((tx) => tx.product.delete({ where: { id: gone.productId } }));
  expect(await sweepImages(new Date(), nobody)).toMatchObject({ files: 2, unused: 1, removed: 0 });
  expect(await sweepImages(inDays(29), nobody)).toMatchObject({ unused: 1, removed: 0 });
  expect(existsSync(gone.path)).toBe(true);
  expect(await sweepImages(inDays(31), nobody)).toMatchObject({ unused: 0, removed: 1 });
  expect([existsSync(gone.path), existsSync(kept.path)]).toEqual([false, true]);
  expect(thumbnails()).toHaveLength(1);
});

test("A26: the real run removes exactly the files that the dry run listed, and the dry run none", async () => {
  for (const colour of ["#102030", "#203040", "#304050"]) {
    const { productId } = await uploaded(colour);
    if (colour !== "#304050") await transaction((tx) => tx.product.delete({ where: { id: productId } }));
  }
  const lost = await uploaded("#405060");
  await sweepImages(new Date(), nobody);
  rmSync(lost.path);
  const files = () => readdirSync(at("images"), { recursive: true, encoding: "utf8" }).sort();
  const before = files();
  const rows = await db.productImage.findMany({ orderBy: { id: "asc" } });
  const listed = await sweepImages(inDays(31), nobody, { isDryRun: true });
  expect(listed).toMatchObject({ files: 3, removed: 2, lost: 1 });
  expect(files()).toEqual(before);
  expect(await db.productImage.findMany({ orderBy: { id: "asc" } })).toEqual(rows);
  expect(await sweepImages(inDays(31), nobody)).toEqual(listed);
  const gone = before.filter((name) => !files().includes(name) && !name.startsWith("thumbnails"));
  expect(gone.map((name) => name.split("/").at(-1)).sort()).toEqual(listed.removedNames);
});

test("a file that is named again loses its mark, and one that came within a day stays", async () => {
  const { productId, path } = await uploaded("#445566");
  await transaction((tx) => tx.productImage.deleteMany({ where: { productId } }));
  await sweepImages(new Date(), nobody);
  const again = await uploaded("#445566");
  expect(await sweepImages(inDays(20), nobody)).toMatchObject({ unused: 0, removed: 0 });
  await transaction((tx) => tx.productImage.deleteMany({ where: { productId: again.productId } }));
  expect(await sweepImages(inDays(31), nobody)).toMatchObject({ unused: 1, removed: 0 });
  // Sent once more a moment ago, and not named yet.
  utimesSync(path, inDays(70), inDays(70));
  expect(await sweepImages(inDays(70.5), nobody)).toMatchObject({ removed: 0 });
  expect(await sweepImages(inDays(72), nobody)).toMatchObject({ removed: 1 });
});

test("a removed picture's file stays, for it can be put back", async () => {
  const { productId, imageId, path } = await uploaded("#778899");
  await removePicture(manager, { productId, imageId });
  await sweepImages(new Date(), nobody);
  await sweepImages(inDays(60), nobody);
  expect(existsSync(path)).toBe(true);
});

test("a picture whose file is gone counts as not fetched; who uploads it again has it back", async () => {
  const own = await uploaded("#abcdef");
  const { id: productId } = await createProduct();
  const hash = "f".repeat(64);
  const fed = await createImage(productId, { storagePath: `images/ff/${hash}.png`, fileHash: hash });
  rmSync(own.path);
  expect(await sweepImages(new Date(), nobody)).toMatchObject({ lost: 2 });
  expect(await db.productImage.findUniqueOrThrow({ where: { id: own.imageId } })).toMatchObject({
    storagePath: null,
    failure: "Its file is gone from the disk. Upload it again.",
  });
  const pending = await db.productImage.findMany({ where: pendingPictures({ kind: "missing" }, new Date()) });
  expect(pending.map(({ id }) => id)).toEqual([fed.id]);
  const source = inPieces(await makePicture({ colour: "#abcdef", width: 200, height: 150 }));
  const added = await addPicture(manager, { productId: own.productId, name: "pen.png", source });
  expect(added).toEqual({ imageId: own.imageId, isRestored: true });
  expect(await openPicture(manager, own.imageId)).not.toBeNull();
  expect(await db.productImage.findUniqueOrThrow({ where: { id: own.imageId } })).toMatchObject({ failure: null });
});

test("what a killed process left on its way in goes after a day", async () => {
  mkdirSync(at("images/incoming"), { recursive: true });
  writeFileSync(at("images/incoming/half"), "half a picture");
  await sweepImages(new Date(), nobody);
  expect(existsSync(at("images/incoming/half"))).toBe(true);
  await sweepImages(inDays(1.5), nobody);
  expect(existsSync(at("images/incoming/half"))).toBe(false);
});

test("the daily sweep is put on the queue once, and only where there are pictures", async () => {
  await scheduleImagesSweep();
  expect(await db.job.count()).toBe(0);
  await uploaded("#010203");
  await Promise.all([scheduleImagesSweep(), scheduleImagesSweep()]);
  expect(await db.job.findMany({ select: { jobType: true } })).toEqual([{ jobType: "images.sweep" }]);
});
