import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";

/** The folder of big real data, or null where this machine has none. */
function sharedDataFolder(): string | null {
  const folder = process.env.STOCKROOM_SHARED_DATA;
  if (folder && !existsSync(folder)) throw new Error(`STOCKROOM_SHARED_DATA names ${folder}, which is not there.`);
  return folder || null;
}

/**
 * Tests that need the shared data: skipped with a line where there is none, failed where CI should have it.
 * `body` gets a function that names a path inside the folder.
 */
export function describeSharedData(name: string, body: (path: (...parts: string[]) => string) => void) {
  const folder = sharedDataFolder();
  if (folder) {
    describe(name, () => body((...parts) => join(folder, ...parts)));
    return;
  }
  if (process.env.CI) {
    test(name, () => {
      throw new Error("STOCKROOM_SHARED_DATA must name the folder of shared data here.");
    });
    return;
  }
  test.skip(`${name} (needs STOCKROOM_SHARED_DATA)`, () => undefined);
}
