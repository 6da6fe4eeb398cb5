import type { Page } from "playwright";
import { REPEAT_MS, timesOf } from "./paint-times";

const ROUNDS = 20;
/** Before what was opened is closed, and the other way round: nobody is quicker. */
const LOOK_MS = 200;

/** What people do in the list besides reading it: from the click or key to the next paint, in milliseconds. */
export async function measureList(page: Page): Promise<Record<string, number[]>> {
  await page.goto("/catalog");
  const ticks = page.locator("[data-row-tick]");
  const ticked = await timesOf(page, async () => {
    for (let row = 0; row < ROUNDS; row++) await ticks.nth(row).click();
  });
  await page.goto("/catalog");
  const branches = page.locator('[role="treeitem"][aria-expanded="false"] .tree-arrow');
  const opened = await timesOf(page, async () => {
    // From below: what a branch holds pushes the others down.
    for (let branch = (await branches.count()) - 1; branch >= 0; branch--) await branches.nth(branch).click();
  });
  const filters = await timesOf(page, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(LOOK_MS);
      await page.keyboard.press("Escape");
      await page.waitForTimeout(LOOK_MS);
    }
  });
  const palette = await timesOf(page, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(LOOK_MS);
      await page.keyboard.press("Escape");
      await page.waitForTimeout(LOOK_MS);
    }
  });
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  const typed = await timesOf(page, () => page.keyboard.type("stapler heavy duty", { delay: REPEAT_MS * 3 }));
  return {
    "a row ticked": ticked,
    "a branch of the tree opened": opened,
    "the filter opened and closed": filters,
    "the palette opened and closed": palette,
    "a letter in the palette": typed,
  };
}
