import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, createCategory } from "@/lib/testing/factories";
import { makeBlotches, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { openIcon } from "./open-icon";
import { uploadIcon } from "./upload-icon";
import { UPLOAD_LIMIT_BYTES } from "./upload-limit";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(() => resetDatabase());

const upload = (bytes: Uint8Array, more: Partial<Parameters<typeof uploadIcon>[1]> = {}, by = manager) =>
  uploadIcon(by, {
    bytes,
    name: "../My pen?.png",
    categoryId: null,
    isActivated: false,
    isWantedAnyway: false,
    ...more,
  });

test.each(["png", "webp", "jpeg"] as const)(
  "a %s of a person's own is kept, approved and waits in the library",
  async (format) => {
    const kept = await upload(await makePicture({ width: 300, height: 300 }, format));
    const icon = await db.icon.findFirstOrThrow();
    expect(kept).toEqual({ kind: "kept", iconId: icon.id });
    expect(icon).toMatchObject({ format, width: 300, reviewState: "approved", status: "inactive", categoryId: null });
    expect(icon.filename).toBe(`My pen_.${format === "jpeg" ? "jpg" : format}`);
    expect(existsSync(join(env().dataFolder, icon.storagePath))).toBe(true);
  },
);

test("a drawing becomes a PNG without its script, and is shown small", async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><script>alert(1)</script><path d="M2 2h9v20z"/></svg>`;
  const kept = await upload(Buffer.from(svg), { name: "pen.svg" });
  const icon = await db.icon.findFirstOrThrow();
  expect(icon).toMatchObject({ format: "png", filename: "pen.png" });
  const small = await openIcon(staff, kept.kind === "kept" ? kept.iconId : "", 32);
  expect(small.contentType).toBe("image/webp");
  expect(await sharp(small.body).metadata()).toMatchObject({ width: 32, height: 32, format: "webp" });
});

test("an upload for a category stands for it at once where that is wanted", async () => {
  const { id: categoryId } = await createCategory();
  await upload(await makeBlotches(1), { categoryId, isActivated: true });
  expect(await db.icon.findFirstOrThrow()).toMatchObject({ categoryId, status: "active" });
  expect(await db.iconActivation.count({ where: { categoryId } })).toBe(1);
});

test("the very same picture is refused and names the one that is there, also when two people send it at once", async () => {
  const picture = await makeBlotches(2);
  const answers = await Promise.allSettled([upload(picture), upload(picture)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const { id } = await db.icon.findFirstOrThrow();
  await expect(upload(picture)).rejects.toMatchObject({ code: "conflict", details: { iconId: id } });
});

test("a picture that looks like another is kept only when the person wants it all the same", async () => {
  const picture = await makeBlotches(3);
  const alike = await sharp(picture).resize(180, 150).png().toBuffer();
  await upload(picture, { name: "first.png" });
  expect(await upload(alike)).toMatchObject({ kind: "alike", alikes: [{ filename: "first.png" }] });
  expect(await db.icon.count()).toBe(1);
  expect(await upload(alike, { isWantedAnyway: true })).toMatchObject({ kind: "kept" });
});

test.each([
  ["a web page", async () => Buffer.from("<!doctype html><p>Sign in</p>"), "It is a web page"],
  ["nothing", async () => Buffer.alloc(0), "It is empty"],
  ["a GIF", () => makePicture({}, "gif"), "It is a GIF"],
  ["a broken PNG", async () => (await makeBlotches(4)).subarray(0, 900), "cut off or damaged"],
  [
    "a single pixel",
    () => makePicture({ width: 1, height: 1 }),
    "It has 1 × 1 pixels. An icon needs 16 × 16 at least.",
  ],
  ["too much", async () => Buffer.alloc(UPLOAD_LIMIT_BYTES + 1), "larger than 5.0 MB"],
])("%s is refused in a sentence, and no icon is made", async (_, bytes, words) => {
  await expect(upload(await bytes())).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining(words),
  });
  expect(await db.icon.count()).toBe(0);
});

test("staff may not upload, and nothing is for a category that is gone", async () => {
  const picture = await makeBlotches(5);
  await expect(upload(picture, {}, staff)).rejects.toMatchObject({ code: "forbidden" });
  const categoryId = "00000000-0000-7000-8000-000000000000";
  await expect(upload(picture, { categoryId })).rejects.toMatchObject({ code: "not_found" });
  expect(await db.icon.count()).toBe(0);
});
