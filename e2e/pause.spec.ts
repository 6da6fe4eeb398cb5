import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBenchFeed } from "@/lib/sample/bench-feed";
import { runEnded, startImport, summaryOf } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, rowsOf } from "./shop";

const PRODUCTS = 8_000;

test("an import is paused at a batch, keeps its place, and goes on to the same counts", async ({ as }) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), "stockroom-pause-"));
  const { path } = await writeBenchFeed({ folder, products: PRODUCTS });
  const file = { name: "big.zip", mimeType: "application/zip", buffer: await readFile(path) };
  await rm(folder, { recursive: true });
  const page = await as("manager");
  const run = await startImport(page, { feed: "Large list", format: "Shopify CSV", file, how: "Dry run" });
  const main = page.getByRole("main");
  const job = await ask<{ job_id: string }>(page, `/api/sync-logs/${run}`);
  const status = async () => (await ask<{ status: string }>(page, `/api/jobs/${job.job_id}`)).status;
  await expect.poll(status, { intervals: [100], timeout: 20_000 }).toBe("running");
  await main.getByRole("button", { name: "Pause" }).click();
  await expect(main.getByText("paused", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect.poll(status).toBe("paused");

  await open(page, `/syncs/${run}`);
  await main.getByRole("button", { name: "Resume" }).click();
  await runEnded(page);
  await expect(main.getByText("dry run done").first()).toBeVisible();
  await expect(summaryOf(page)).toContainText("8,000 products: ");
  await open(page, "/syncs/timeline");
  const timeline = rowsOf(page, "Timeline");
  await expect(timeline.filter({ hasText: /Max Manager\s*resumed/ }).first()).toBeVisible();
  await expect(timeline.filter({ hasText: /Max Manager\s*paused/ }).first()).toBeVisible();
});
