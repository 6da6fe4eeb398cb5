import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { actor, createImage, createProduct } from "@/lib/testing/factories";
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
