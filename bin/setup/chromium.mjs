import { existsSync } from "node:fs";
import { packageScript } from "./project.mjs";
import { Refusal } from "./refusal.mjs";
import { capture, timed } from "./run.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium for the end-to-end tests, installed where that is possible. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  await timed("Installing Chromium", install);
  const installed = await findChromium();
  if (installed) return installed;
  throw new Refusal(
    "There is no Chromium to run the end-to-end tests in. Install one (Debian: apt-get install chromium) and try again.",
  );
}

async function findChromium() {
  const { chromium } = await import("playwright");
  return [...INSTALLED, chromium.executablePath()].find((path) => existsSync(path));
}

/** Debian's package where that may be installed, else Playwright's download; the caller looks what came of it. */
async function install() {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await capture("apt-get", ["update"]);
    const { code } = await capture("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    if (code === 0) return;
  }
  await capture(process.execPath, [packageScript("playwright/cli.js"), "install", "chromium"]);
}
