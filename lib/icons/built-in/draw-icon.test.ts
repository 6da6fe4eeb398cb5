import { createHash } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { iconLook } from "../icon-look";
import { ICON_BACKGROUNDS, ICON_COLORS, ICON_STYLES } from "../look-words";
import { inkOn, tonesOf } from "./colors";
import { composeIcon } from "./compose-icon";

const looks = fc.record({
  style: fc.constantFrom(...ICON_STYLES),
  background: fc.constantFrom(...ICON_BACKGROUNDS),
  color: fc.constantFrom(...ICON_COLORS.filter((name) => name !== "brand"), "#abcdef", "#000000", "#ffffff"),
  size: fc.integer({ min: 32, max: 160 }),
});
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

test("any look of any name is a square PNG of its size with something on it, the same bytes each time", async () => {
  const names = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(looks, names, fc.integer({ min: 1, max: 8 }), async (look, path, variation) => {
      const { png } = await composeIcon(path, look, variation);
      expect(sha((await composeIcon(path, look, variation)).png)).toBe(sha(png));
      expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: look.size, height: look.size });
      const { data } = await sharp(png)
        .ensureAlpha()
        .extractChannel("alpha")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(data.some((alpha) => alpha > 0)).toBe(true);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("each style and background is another picture", async () => {
  const all = await Promise.all(
    ICON_STYLES.flatMap((style) =>
      ICON_BACKGROUNDS.map((background) => composeIcon(["Printers"], { style, background, color: "blue", size: 64 })),
    ),
  );
  // A badge without a background is one on a disc, and a gradient one looks the same on both its grounds.
  expect(new Set(all.map(({ png }) => sha(png))).size).toBeGreaterThanOrEqual(all.length - 2);
});

test("two categories with one symbol have two files, which say what they are for", async () => {
  const look = iconLook.parse({});
  const [a, b] = await Promise.all([composeIcon(["Home", "Paper"], look), composeIcon(["Office", "Paper"], look)]);
  expect(a.symbol).toBe(b.symbol);
  expect(sha(a.png)).not.toBe(sha(b.png));
  expect(a.png.toString("utf8")).toContain("Home > Paper");
});

test("a name that means nothing is drawn by its letters, one without letters by a sign", async () => {
  const look = iconLook.parse({});
  expect((await composeIcon(["Xyzzy Qwop"], look)).symbol).toBe("initials");
  expect((await composeIcon(["電池"], look)).symbol).toBe("shapes");
});

test("categories of one department share a colour, hex colours stay as they are", () => {
  expect(tonesOf("mixed", ["Office", "Pens"])).toEqual(tonesOf("mixed", ["Office", "Paper"]));
  const departments = ["Office", "Home", "Garden", "Pets", "Toys", "Food", "Media", "Sports"];
  expect(new Set(departments.map((name) => tonesOf("mixed", [name]).main)).size).toBeGreaterThan(3);
  expect(tonesOf("#123456", ["Office"]).main).toBe("#123456");
});

test("ink on a ground is the one that reads better", () => {
  expect(inkOn("#ffffff")).toBe("#1c2430");
  expect(inkOn("#fbbf24")).toBe("#1c2430");
  expect(inkOn("#2f6fed")).toBe("#ffffff");
});
