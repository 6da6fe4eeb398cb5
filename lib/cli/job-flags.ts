import { resolve } from "node:path";
import { Command } from "commander";
import type { JobDefinition } from "@/lib/jobs/define-job";
import { type JobField, jobFields } from "@/lib/jobs/job-fields";

export interface JobFlags {
  values: Record<string, unknown>;
  wait: boolean;
  json: boolean;
}

/**
 * Reads a kind's own flags: `--dry-run`, `--source "Acme list"`, `--rules min=1 max=5`.
 * @throws {CommanderError} for a flag there is none of, with those there are; for `--help` after showing it
 */
export function readJobFlags(definition: JobDefinition, args: readonly string[]): JobFlags {
  const fields = jobFields(definition.parameters);
  const { wait, json, ...given } = jobFlagsCommand(definition)
    .parse([...args], { from: "user" })
    .opts();
  const values = fields.flatMap((field) => {
    const value = given[field.name];
    return value === undefined ? [] : [[field.name, placed(field, value)] as const];
  });
  return { values: Object.fromEntries(values), wait: wait ?? false, json: json ?? false };
}

/** The command line that gives these values. */
export function writeJobFlags(fields: readonly JobField[], values: Record<string, unknown>): string[] {
  return fields.flatMap(({ name, flag, control }) => {
    const value = values[name];
    if (value === undefined || value === null) return [];
    if (control === "switch") return [value ? `--${flag}` : `--no-${flag}`];
    return [value].flat().map((one) => `--${flag}=${String(one)}`);
  });
}

function jobFlagsCommand(definition: JobDefinition): Command {
  const command = new Command(`stockroom job start ${definition.name}`)
    .description(`${definition.displayName}. ${definition.description}`)
    .showHelpAfterError("(--help shows what there is)")
    .allowExcessArguments(false)
    .exitOverride();
  for (const field of jobFields(definition.parameters)) addFlag(command, field);
  return command
    .option("--wait", "wait for its end; works it here when no worker is running")
    .option("--json", "one JSON document on stdout");
}

function addFlag(command: Command, field: JobField) {
  const { flag, control } = field;
  const help = helpOf(field);
  if (control === "switch") command.option(`--${flag}`, help).option(`--no-${flag}`, "the opposite");
  else if (isList(field)) command.option(`--${flag} <value...>`, help);
  else command.option(`--${flag} <value>`, help);
}

function isList({ control }: JobField) {
  return control === "lines" || control === "choices" || control === "uploads";
}

function helpOf({ title, help, options, isRequired, usual }: JobField) {
  const among = options.length > 0 ? `: ${options.map(({ value }) => value).join(", ")}` : "";
  const isTold = usual !== undefined && usual !== "" && usual !== false && !Array.isArray(usual);
  const more = isRequired ? "needed" : isTold ? `usually ${String(usual)}` : "";
  return [`${title}${among}.`, help, more && `(${more})`].filter(Boolean).join(" ");
}

/** A place is meant from where the command was typed; the worker stands elsewhere. */
function placed({ control }: JobField, value: unknown) {
  return control === "path" && typeof value === "string" && value !== "" ? resolve(value) : value;
}
