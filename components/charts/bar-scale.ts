/** A day that dwarfs the next by this factor is cut, or the others could not be seen. */
const DWARFS = 6;

export interface BarScale {
  /** The value at the top of the chart; at least 1. */
  top: number;
  /** Values above are drawn broken and named. */
  isCut: boolean;
}

/** A scale that one first import does not flatten. Totals are never negative. */
export function barScale(totals: number[]): BarScale {
  const [largest = 0, second = 0] = [...totals].sort((a, b) => b - a);
  if (second > 0 && largest > second * DWARFS) return { top: rounded(second * 1.25), isCut: true };
  return { top: rounded(Math.max(1, largest)), isCut: false };
}

/** Up to the next handy step of its power of ten, so that the highest bar nearly fills the chart. */
function rounded(value: number) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return Math.max(1, step * power);
}
