import { parseArgs } from "node:util";

/** `--name 123` of the command line, or the default. */
export function numberOption(name: string, otherwise: number): number {
  const { values } = parseArgs({ options: { [name]: { type: "string" } }, strict: false });
  const given = values[name];
  const number = typeof given === "string" ? Number(given.replaceAll(/[_,]/g, "")) : otherwise;
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1.`);
  return number;
}

/** A table for people, and one line of JSON last. */
export function printResult(rows: Record<string, string | number>[], result: Record<string, unknown>) {
  console.table(rows);
  console.log(JSON.stringify(result));
}
