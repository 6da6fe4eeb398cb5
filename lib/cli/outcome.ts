/** What a command has to say at its end. */
export interface Outcome {
  /** Decides the exit code: 0 or 1. */
  ok: boolean;
  /** The one JSON document of `--json`. */
  value: unknown;
  /** The same for people. */
  text: string;
}

/** Writes the outcome to stdout: nothing else of the command line does. */
export function present({ value, text }: Outcome, asJson: boolean) {
  process.stdout.write(asJson ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

/** A value with its keys as the REST API spells them; times as ISO text. */
export function toSnakeCase(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(toSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      toSnakeCase(inner),
    ]),
  );
}
