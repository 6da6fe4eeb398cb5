export interface Quantiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
  samples: number;
}

/** Of durations in milliseconds, by the nearest rank: a figure that was measured, none between two. */
export function quantiles(milliseconds: readonly number[]): Quantiles {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1), samples: sorted.length };
}

export function rounded(milliseconds: number) {
  return Math.round(milliseconds * 100) / 100;
}
