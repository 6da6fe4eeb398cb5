import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** @param {...string} parts a path within the project */
export function inProject(...parts) {
  return join(ROOT, ...parts);
}

/** The script of an installed package, to be run by this very Node. */
export function packageScript(path) {
  return inProject("node_modules", path);
}

/** The environment for child processes: Next must never see the condition that worker and tests may run under. */
export function childEnvironment(extra = {}) {
  const { NODE_OPTIONS = "", ...rest } = process.env;
  const options = NODE_OPTIONS.split(/\s+/).filter((option) => option && !/react-server/.test(option));
  return {
    ...rest,
    ...(options.length > 0 ? { NODE_OPTIONS: options.join(" ") } : {}),
    NEXT_TELEMETRY_DISABLED: "1",
    ...extra,
  };
}
