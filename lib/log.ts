import "server-only";

type Level = "debug" | "info" | "warn" | "error";
type Facts = Record<string, string | number | boolean | null | undefined>;

/** Lines of JSON on stderr: an event's name (`noun.past-verb`), ids and figures; never secrets or whole rows. */
function write(level: Level, event: string, facts: Facts = {}) {
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
      stack: error instanceof Error ? error.stack : undefined,
    }),
};
