import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { marker, open } from "./shop";

const PUBLIC = join(import.meta.dirname, "../public");

test("a manager adds a picture, makes it the main one by keyboard, removes it and takes that back", async ({ as }) => {
  const page = await as("manager");
  const product = await marker(page, 18);
  await open(page, `/products/${product.id}`);
  const strip = page.getByRole("list", { name: "Pictures" });
  await page.getByLabel("Pictures to add").setInputFiles({
    name: "marker.png",
    mimeType: "image/png",
    buffer: await readFile(join(PUBLIC, "icon-192.png")),
  });
  const mine = strip.getByRole("button", { name: /^marker\.png/ });
  await expect(mine).toHaveAttribute("aria-pressed", "true");

  await mine.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(strip.getByRole("button").first()).toHaveAccessibleName("marker.png, picture 1 of 2, the main one");

  await page.getByRole("textbox", { name: "Alt text of marker.png" }).fill("A marker, lying");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved the alt text.")).toBeVisible();

  await page.getByRole("button", { name: "Remove marker.png" }).click();
  await expect(strip).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(strip.getByRole("button").first()).toHaveAccessibleName("marker.png, picture 1 of 2, the main one");
});

test.describe("a file that is no picture", () => {
  // The refusal itself.
  test.use({ allowedErrors: [/status of 422/] });

  test("says what was expected, and staff see pictures without the tools", async ({ as }) => {
    const page = await as("manager");
    const product = await marker(page, 19);
    await open(page, `/products/${product.id}`);
    const file = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };
    await page.getByLabel("Pictures to add").setInputFiles(file);
    await expect(page.getByText(/Expected is a JPEG, PNG, WebP, GIF or AVIF picture/)).toBeVisible();

    const staff = await as("staff");
    await open(staff, `/products/${product.id}`);
    await expect(staff.getByRole("button", { name: /^Enlarge/ })).toBeVisible();
    await expect(staff.getByRole("button", { name: "Add pictures" })).toHaveCount(0);
  });
});
