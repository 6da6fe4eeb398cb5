import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { addPicture } from "@/lib/images/add-picture";
import { actor, createImage, createProduct } from "@/lib/testing/factories";
import { inPieces, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { openPicture } from "./pictures";

const staff = actor("staff");

beforeEach(resetDatabase);

async function picture(storagePath: string | null) {
  const { id: productId } = await createProduct();
  return (await createImage(productId, { storagePath, fileHash: "abc" })).id;
}

test("a stored picture is served with its type and hash", async () => {
  mkdirSync(join(env().dataFolder, "images"), { recursive: true });
  writeFileSync(join(env().dataFolder, "images", "a.svg"), "<svg/>");
  const opened = await openPicture(staff, await picture("images/a.svg"));
  expect(opened).toMatchObject({ contentType: "image/svg+xml", hash: "abc" });
  expect(opened?.body.toString()).toBe("<svg/>");
});

test.each([null, "images/gone.png", "../../etc/passwd", "/etc/hostname", "stockroom.db", "images/link.png"])(
  "nothing is served for %j",
  async (path) => {
    mkdirSync(join(env().dataFolder, "images"), { recursive: true });
    if (path === "images/link.png") symlinkSync("/etc/hostname", join(env().dataFolder, path));
    expect(await openPicture(staff, await picture(path))).toBeNull();
  },
);

test("an unknown picture is not found", async () => {
  await expect(openPicture(staff, 4711)).rejects.toMatchObject({ code: "not_found" });
});

test("smaller versions are made once, as WebP, and never larger than the picture", async () => {
  const { id: productId } = await createProduct();
  const source = inPieces(await makePicture({ width: 800, height: 600 }, "jpeg"));
  const { imageId } = await addPicture(actor("manager"), { productId, name: "pen.jpg", source });
  const sizes = await Promise.all(
    ([96, 400, 1200, 96] as const).map(async (width) => {
      const opened = await openPicture(staff, imageId, width);
      expect(opened?.contentType).toBe("image/webp");
      return sharp(opened?.body).metadata();
    }),
  );
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [96, 72],
    [400, 300],
    [800, 600],
    [96, 72],
  ]);
  const [made] = readdirSync(join(env().dataFolder, "images/thumbnails"), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith("-96.webp"),
  );
  const path = join(env().dataFolder, "images/thumbnails", made ?? "");
  const { mtimeMs, ino } = statSync(path);
  await openPicture(staff, imageId, 96);
  expect(statSync(path)).toMatchObject({ mtimeMs, ino });
});
