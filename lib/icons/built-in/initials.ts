import { fold } from "@/lib/search/fold";
import type { SymbolNode } from "./symbols";

/** Letters in strokes, each in a box of 6 × 10: no font need be there. */
const STROKES: Record<string, string> = {
  a: "M0 10 3 0l3 10M1 6.8h4",
  b: "M0 5h3.6a2.5 2.5 0 0 1 0 5H0V0h3.2a2.5 2.5 0 0 1 0 5",
  c: "M6 1.8A3.4 3.4 0 0 0 0 3.4v3.2a3.4 3.4 0 0 0 6 1.6",
  d: "M0 0v10h2.4A3.6 3.6 0 0 0 6 6.4V3.6A3.6 3.6 0 0 0 2.4 0Z",
  e: "M6 0H0v10h6M0 5h4.6",
  f: "M6 0H0v10M0 5h4.6",
  g: "M6 1.8A3.4 3.4 0 0 0 0 3.4v3.2a3.1 3.1 0 0 0 6 0V5.4H3.6",
  h: "M0 0v10M6 0v10M0 5h6",
  i: "M3 0v10M1.2 0h3.6M1.2 10h3.6",
  j: "M5.4 0v7a2.7 2.7 0 0 1-5.4 0",
  k: "M0 0v10M6 0 0 6M2.3 3.8 6 10",
  l: "M0 0v10h5.6",
  m: "M0 10V0l3 5.5L6 0v10",
  n: "M0 10V0l6 10V0",
  o: "M3 0a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V3a3 3 0 0 1 3-3Z",
  p: "M0 10V0h3.3a2.7 2.7 0 0 1 0 5.4H0",
  q: "M3 0a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V3a3 3 0 0 1 3-3ZM3.6 7.4 6 10",
  r: "M0 10V0h3.3a2.7 2.7 0 0 1 0 5.4H0M3 5.4 6 10",
  s: "M5.6 1.7A2.8 2.8 0 0 0 3 0C1.3 0 .2 1 .2 2.5 .2 5.6 5.8 4.4 5.8 7.5 5.8 9 4.7 10 3 10A3 3 0 0 1 .1 8.2",
  t: "M0 0h6M3 0v10",
  u: "M0 0v7a3 3 0 0 0 6 0V0",
  v: "M0 0l3 10L6 0",
  w: "M0 0l1.5 10L3 3l1.5 7L6 0",
  x: "M0 0l6 10M6 0 0 10",
  y: "M0 0l3 5 3-5M3 5v5",
  z: "M0 0h6L0 10h6",
};

/** A name's first letters, two at most, drawn as a symbol; null where it begins with none of A to Z. */
export function initialsSymbol(name: string): readonly SymbolNode[] | null {
  const letters = (fold(name).match(/\p{L}+/gu) ?? [])
    .map((word) => word.charAt(0))
    .filter((letter) => letter in STROKES)
    .slice(0, 2);
  if (letters.length === 0) return null;
  const scale = letters.length === 1 ? 1.3 : 1;
  const width = letters.length === 1 ? 6 * scale : 15;
  return letters.map((letter, at) => [
    "path",
    {
      d: STROKES[letter] ?? "",
      transform: `translate(${(24 - width) / 2 + at * 9} ${12 - 5 * scale}) scale(${scale})`,
    },
  ]);
}
