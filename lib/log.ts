import "server-only";
import { AppError } from "./errors";

type Level = "debug" | "info" | "warn" | "error";
type Facts = Record<string, string | number | boolean | null | undefined>;

const LEVELS: readonly Level[] = ["debug", "info", "warn", "error"];
let lowest: Level = "debug";

/** Leaves out what is below a level, for a process that talks to a person. */
export function logFrom(level: Level) {
  lowest = level;
}

/** Lines of JSON on stderr: an event's name (`noun.past-verb`), ids and figures; never secrets or whole rows. */
function write(level: Level, event: string, facts: Facts = {}) {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return;
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...facts })}\n`);
}

export const log = {
  debug: (event: string, facts?: Facts) => write("debug", event, facts),
  info: (event: string, facts?: Facts) => write("info", event, facts),
  warn: (event: string, facts?: Facts) => write("warn", event, facts),
  error: (event: string, error: unknown, facts: Facts = {}) =>
    write("error", event, {
      ...facts,
      error: error instanceof Error ? error.message : String(error),
      // An expected failure says all in its message.
      stack: error instanceof Error && !(error instanceof AppError) ? error.stack : undefined,
    }),
};
