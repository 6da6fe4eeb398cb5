import { formatBytes, formatCount } from "@/lib/format";

/** A value of a job's parameters or result as its page shows it. */
export type ReadableValue =
  | { kind: "text"; text: string; href?: string }
  | { kind: "number"; value: number; isBytes: boolean }
  | { kind: "time"; at: string }
  | { kind: "list"; items: string[]; more: number }
  | { kind: "group"; entries: ReadableEntry[] };

export interface ReadableEntry {
  name: string;
  label: string;
  value: ReadableValue;
}

/** Items of a list that are named; the rest is counted. */
const NAMED = 10;
const DEEPEST = 3;
/** Millionths of a currency's unit. */
const MICROS = /Micros$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What a name is called where it does not say it itself. */
type Titles = Readonly<Record<string, string>>;

/** Parameters and results are JSON objects by their schemas; whatever else is stored has no entries. */
export function readableEntries(stored: unknown, titles: Titles = {}, depth = 0): ReadableEntry[] {
  if (stored === null || typeof stored !== "object" || Array.isArray(stored)) return [];
  return Object.entries(stored).flatMap(([name, value]) => {
    const readable = readableValue(name, value, titles, depth);
    return readable ? [{ name, label: titles[name] ?? labelOf(name), value: readable }] : [];
  });
}

/** `autoApprove` as `Auto approve`, `runId` as `Run`, `costMicros` as `Cost`. */
export function labelOf(name: string): string {
  const words = name
    .replace(/[_.-]+/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .trim()
    .replace(/(?<=\S) (id|micros)$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Figures named in a line. */
const TOLD = 4;

/** The first figures of a result in one line, of nothing but zeroes the first; null when it has none. */
export function resultWords(stored: unknown, titles: Titles = {}): string | null {
  const figures = readableEntries(stored, titles).flatMap(({ label, value }) =>
    value.kind === "number" ? { label, ...value } : [],
  );
  const told = figures.filter(({ value }) => value !== 0);
  return (
    (told.length === 0 ? figures.slice(0, 1) : told.slice(0, TOLD))
      .map(({ label, value, isBytes }) => `${label} ${isBytes ? formatBytes(value) : formatCount(value)}`)
      .join(" · ") || null
  );
}

function readableValue(name: string, value: unknown, titles: Titles, depth: number): ReadableValue | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return { kind: "text", text: value ? "yes" : "no" };
  if (typeof value === "number" && MICROS.test(name)) return { kind: "text", text: (value / 1_000_000).toFixed(2) };
  if (typeof value === "number") return { kind: "number", value, isBytes: /bytes/i.test(name) };
  if (typeof value === "string") return TIME.test(value) ? { kind: "time", at: value } : { kind: "text", text: value };
  if (Array.isArray(value)) return value.length === 0 ? { kind: "text", text: "none" } : listOf(value);
  if (depth >= DEEPEST) return { kind: "text", text: JSON.stringify(value) };
  const entries = readableEntries(value, titles, depth + 1);
  return entries.length === 0 ? { kind: "text", text: "none" } : { kind: "group", entries };
}

/** The first are named, the rest is counted. */
export function listOf(items: readonly unknown[]): ReadableValue {
  const named = items.slice(0, NAMED).map(itemText);
  return { kind: "list", items: named, more: items.length - named.length };
}

function itemText(item: unknown): string {
  if (item !== null && typeof item === "object") {
    const named = ["name", "label", "title", "path"].flatMap((key) => {
      const value: unknown = Reflect.get(item, key);
      return typeof value === "string" ? value : [];
    });
    return named[0] ?? JSON.stringify(item);
  }
  return String(item);
}
