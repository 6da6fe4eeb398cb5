import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What the other theme can change: the rest of a page is the same in both. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** Of WCAG 2.2, which axe leaves out unless asked: what is clicked is 24 pixels wide and high, or has as much room. */
const ASKED_FOR = { rules: { "target-size": { enabled: true } } };

/** What axe has against the page as it stands, in both themes: rule and place of each, so that a failure reads by itself. */
export async function complaints(page: Page, within = "html") {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await new AxeBuilder({ page }).options(ASKED_FOR).include(within).analyze();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await new AxeBuilder({ page }).include(within).withRules(COLOUR_RULES).analyze();
  const worded = (theme: string, { violations }: typeof light) =>
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${theme}: ${id} at ${target.join(" ")}: ${failureSummary}`),
    );
  return [...worded("light", light), ...worded("dark", dark)];
}
