import { CommanderError } from "commander";
import { DISK_FULL, isDiskFull } from "@/lib/disk-full";
import { isDebug } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { present } from "./outcome";
import { buildProgram } from "./program";

const asJson = process.argv.includes("--json");

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has told help and wrong use itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`${sentence(error)}\n`);
  if (asJson && process.exitCode !== 0) {
    const code =
      error instanceof AppError ? error.code : error instanceof CommanderError ? "invalid_input" : "internal";
    present({ ok: false, value: { error: { code, message: sentence(error) } }, text: "" }, true);
  }
}

function exitCodeOf(error: unknown) {
  return error instanceof CommanderError && error.exitCode === 0 ? 0 : 1;
}

function sentence(error: unknown) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "").replaceAll("\n", " ");
  if (isDebug()) return error.stack ?? error.message;
  if (error instanceof AppError && error.fields) {
    const wrong = Object.values(error.fields);
    return wrong.every((one) => error.message.includes(one)) ? error.message : wrong.join(" ");
  }
  if (error instanceof AppError || error.name === "SettingsError") return error.message;
  if (isDiskFull(error)) return DISK_FULL;
  return `Something went wrong: ${error.message} (STOCKROOM_DEBUG=on shows where).`;
}
