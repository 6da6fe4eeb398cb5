import "server-only";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { z } from "zod";
import { OWN_SYMBOLS } from "./own-symbols";

/** An SVG element of a symbol: its name and attributes, in a square of 24 × 24. */
const symbolNode = z.tuple([z.string(), z.record(z.string(), z.union([z.string(), z.number()]))]);
export type SymbolNode = z.output<typeof symbolNode>;

export interface SymbolSet {
  /** Names in their own order. */
  names: readonly string[];
  tags: Readonly<Record<string, readonly string[]>>;
  nodes: Readonly<Record<string, readonly SymbolNode[]>>;
}

let loading: Promise<SymbolSet> | undefined;

/** The open symbols that icons are composed of (Lucide, ISC licence), read once per process. */
export function loadSymbols(): Promise<SymbolSet> {
  loading ??= readSymbols();
  return loading;
}

async function readSymbols(): Promise<SymbolSet> {
  const [tags, nodes] = await Promise.all([
    readPackaged("tags.json", z.record(z.string(), z.array(z.string()))),
    readPackaged("icon-nodes.json", z.record(z.string(), z.array(symbolNode))),
  ]);
  const all = { ...nodes, ...OWN_SYMBOLS };
  return { names: Object.keys(all).toSorted(), tags, nodes: all };
}

async function readPackaged<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S>> {
  const path = createRequire(import.meta.url).resolve(`lucide-static/${name}`);
  return schema.parse(JSON.parse(await readFile(path, "utf8")));
}
