import "server-only";
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

const packagedTags = z.record(z.string(), z.array(z.string()));
const packagedNodes = z.record(z.string(), z.array(symbolNode));

async function readSymbols(): Promise<SymbolSet> {
  // Named in full: a bundler would take a name put together for every file of the package.
  const [tags, nodes] = await Promise.all([
    import("lucide-static/tags.json", { with: { type: "json" } }),
    import("lucide-static/icon-nodes.json", { with: { type: "json" } }),
  ]);
  const all = { ...packagedNodes.parse(nodes.default), ...OWN_SYMBOLS };
  return { names: Object.keys(all).toSorted(), tags: packagedTags.parse(tags.default), nodes: all };
}
