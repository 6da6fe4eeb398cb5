import { parseArgs } from "node:util";

/** `--name 123` of the command line, or the default. */
export function numberOption(name: string, otherwise: number): number {
  const given = textOption(name);
  const number = given === undefined ? otherwise : Number(given.replaceAll(/[_,]/g, ""));
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1.`);
  return number;
}

/** `--name words` of the command line. */
export function textOption(name: string): string | undefined {
  const { values } = parseArgs({ options: { [name]: { type: "string" } }, strict: false });
  const given = values[name];
  return typeof given === "string" ? given : undefined;
}

/** A table for people, and one line of JSON last. */
export function printResult(rows: Record<string, string | number>[], result: Record<string, unknown>) {
  console.table(rows);
  console.log(JSON.stringify(result));
}
