import { type Command, InvalidArgumentError } from "commander";
import { type Outcome, present } from "./outcome";

/** The option that every command has. */
export interface Reporting {
  json?: boolean;
}

export function reporting(command: Command) {
  return command.option("--json", "one JSON document on stdout");
}

/** Runs a command's work and tells its outcome; the exit code follows it. */
export async function finish(options: Reporting, run: () => Promise<Outcome>) {
  const { disconnect } = await import("@/lib/db/client");
  try {
    const outcome = await run();
    present(outcome, options.json ?? false);
    process.exitCode = outcome.ok ? 0 : 1;
  } finally {
    await disconnect();
  }
}

export function wholeNumber(text: string) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("Give a whole number like 12.");
  return number;
}
