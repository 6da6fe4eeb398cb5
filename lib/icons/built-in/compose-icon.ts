import "server-only";
import { loadSharp } from "@/lib/images/inspect-picture";
import type { IconLook } from "../icon-look";
import { tonesOf } from "./colors";
import { drawIcon } from "./draw-icon";
import { initialsSymbol } from "./initials";
import { pickSymbols } from "./pick-symbol";
import { withPngText } from "./png-text";
import { loadSymbols, type SymbolNode, type SymbolSet } from "./symbols";

/** Shown where no word of a category and no letter of its name can be drawn. */
const LAST_RESORT = "shapes";

export interface ComposedIcon {
  png: Buffer;
  /** The symbol's name, `initials` where none fits. */
  symbol: string;
  /** The word of the category's path that led to it; null for initials. */
  word: string | null;
}

/**
 * An icon for a category, made on this machine: the same path, look and variation give the same bytes.
 * @param path the category's names from the top
 * @param variation 1 is the best symbol, 2 the next …
 */
export async function composeIcon(path: readonly string[], look: IconLook, variation = 1): Promise<ComposedIcon> {
  const { nodes, symbol, word } = chooseSymbol(await loadSymbols(), path, variation);
  const svg = drawIcon(nodes, tonesOf(look.color, path), look);
  const plain = await rasterise(svg, look.size);
  return { png: withPngText(plain, "Title", path.join(" > ")), symbol, word };
}

/** An SVG as a PNG of `size` pixels both ways. */
export async function rasterise(svg: string, size: number): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg), { density: (72 * size) / 96 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

function chooseSymbol(
  symbols: SymbolSet,
  path: readonly string[],
  variation: number,
): { nodes: readonly SymbolNode[]; symbol: string; word: string | null } {
  const candidates = pickSymbols(symbols, path);
  const chosen = candidates[variation - 1];
  if (chosen) return { nodes: symbols.nodes[chosen.symbol] ?? [], symbol: chosen.symbol, word: chosen.word };
  const initials = initialsSymbol(path.at(-1) ?? "");
  if (initials) return { nodes: initials, symbol: "initials", word: null };
  return { nodes: symbols.nodes[LAST_RESORT] ?? [], symbol: LAST_RESORT, word: null };
}
