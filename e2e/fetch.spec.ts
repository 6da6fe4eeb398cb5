import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFtpServer } from "@/lib/testing/ftp-server";
import { itemList, priceText, runEnded, summaryOf } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopProduct } from "./shop";

test("A05 a source on an FTP server: tested, fetched into a run, unchanged the second time, its password never shown", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const page = await as("manager");
  const password = "correct-horse-battery-9173";
  const root = await mkdtemp(join(tmpdir(), "stockroom-ftp-"));
  const server = await startFtpServer({ root, user: "shop", password });
  try {
    const [one] = await products(page, { category_id: "furniture/desks-and-tables/standing-desks", per_page: 1 });
    if (!one) throw new Error("the sample has no standing desk");
    const { buffer } = itemList("ftp-shop", [{ product: one, shown: priceText(one.price_cents + 20) }]);
    await writeFile(join(root, "ftp-shop.csv"), buffer);

    await open(page, "/feeds/new");
    await page.getByLabel(/^Name/).fill("FTP shop");
    await page.getByLabel("Format").selectOption("ERP item list");
    await page.getByLabel("Comes from", { exact: true }).selectOption("FTP, unencrypted");
    await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
    await page.getByLabel("Port", { exact: true }).fill(String(server.port));
    await page.getByLabel("User name").fill("shop");
    await page.getByLabel("Password").fill("wrong");
    await page.getByText("When a file counts as whole").click();
    await page.getByLabel("Unchanged for, seconds").fill("0");
    const found = page.getByRole("region", { name: "What the test found" });
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(found.getByRole("alert")).toBeVisible();
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(found.getByRole("status")).toBeVisible();
    await expect(found).toContainText("ftp-shop.csv");
    await page.getByRole("button", { name: "Add source" }).click();
    await expect(page).toHaveURL(/\/feeds\/[0-9a-f-]{36}$/);
    const address = new URL(page.url()).pathname;

    const fetches = rowsOf(page, "Fetches");
    await page.getByRole("button", { name: "Fetch now: FTP shop", exact: true }).click();
    await expect(fetches.filter({ hasText: "new files" })).toHaveCount(1, { timeout: 30_000 });
    await fetches.first().getByRole("link").click();
    await runEnded(page);
    await expect(summaryOf(page)).toContainText("1 product: 1 changed");
    const { price_cents } = await ask<ShopProduct>(page, `/api/products/${one.id}`);
    expect(price_cents, "it waits for a person").toBe(one.price_cents);
    await page.getByRole("button", { name: "Approve 1 change" }).click();
    await runEnded(page, /^done$/);
    expect((await ask<ShopProduct>(page, `/api/products/${one.id}`)).price_cents).toBe(one.price_cents + 20);

    await open(page, address);
    await page.getByRole("button", { name: "Fetch now: FTP shop", exact: true }).click();
    await expect(fetches).toHaveCount(2, { timeout: 30_000 });
    await expect(fetches.first()).toContainText("unchanged", { timeout: 30_000 });

    await open(page, `${address}/connection`);
    await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(page.getByText("Saved, ends in ••••9173. Type to replace it.")).toBeVisible();
    expect(await page.content()).not.toContain("correct-horse");
  } finally {
    await server.close();
    await rm(root, { recursive: true });
  }
});
