import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

// Playwright reads this file in every worker: what is chosen once travels by the environment.
process.env.STOCKROOM_E2E_PORT ??= String(await freePort());
process.env.STOCKROOM_E2E_DATA ??= mkdtempSync(join(tmpdir(), "stockroom-e2e-"));
const baseURL = `http://localhost:${process.env.STOCKROOM_E2E_PORT}`;

export default defineConfig({
  testDir: "e2e",
  // One database for all: what one spec changes another may see.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    // The journeys need the shop that the first start loads.
    { name: "first start", testMatch: "first-start.spec.ts" },
    { name: "journeys", testIgnore: "first-start.spec.ts", dependencies: ["first start"] },
  ],
  use: {
    baseURL,
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.STOCKROOM_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node bin/start.mjs",
    url: `${baseURL}/sign-in`,
    timeout: 300_000,
    // The application itself, on a fresh folder: never on a database that somebody works with.
    env: {
      PORT: process.env.STOCKROOM_E2E_PORT,
      STOCKROOM_DATA: process.env.STOCKROOM_E2E_DATA,
      STOCKROOM_DEMO: "on",
      STOCKROOM_DEMO_PASSWORD: "stockroom-demo",
      STOCKROOM_PURGE_AFTER_DAYS: "0",
      DATABASE_URL: "",
      DB_HOST: "",
      AUTH_URL: "",
    },
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "pipe",
    reuseExistingServer: false,
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}
