import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
/** Data modules import "server-only", which throws unless this condition is on. */
const serverConditions = {
  resolve: { alias },
  ssr: { resolve: { conditions: ["react-server"], externalConditions: ["react-server"] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...serverConditions,
        test: {
          name: "unit",
          include: ["{lib,app,bench}/**/*.test.ts", "bin/**/*.test.mjs"],
          exclude: ["**/*.db.test.ts", "**/*.processes.test.mjs"],
          execArgv: ["--conditions=react-server"],
          testTimeout: 30_000,
        },
      },
      ...(["sqlite", "postgresql"] as const).map((engine) => ({
        ...serverConditions,
        test: {
          name: engine,
          include: ["lib/**/*.db.test.ts"],
          globalSetup: ["lib/testing/global-setup.ts"],
          setupFiles: ["lib/testing/db-setup.ts"],
          env: { STOCKROOM_TEST_ENGINE: engine },
          execArgv: ["--conditions=react-server"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      })),
      {
        resolve: { alias },
        test: {
          name: "processes",
          include: ["bin/**/*.processes.test.mjs"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: { name: "components", testTimeout: 30_000, include: ["components/**/*.test.{ts,tsx}"] },
      },
    ],
    maxWorkers: 2,
  },
});
