export interface StepPoint {
  at: Date;
  /** Null: unknown from here on. */
  value: number | null;
}

export interface StepScale {
  from: number;
  to: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The line of a figure that holds until the next one: an SVG path, broken where it is unknown.
 * @param points oldest first
 */
export function stepPath(points: StepPoint[], { from, to, top, width, height }: StepScale): string {
  const x = (at: Date) => round(to === from ? 0 : (width * (at.getTime() - from)) / (to - from));
  const y = (value: number) => round(height - (height * value) / top);
  let path = "";
  let isDrawn = false;
  for (const [index, { at, value }] of points.entries()) {
    const next = points[index + 1];
    if (value === null) {
      isDrawn = false;
      continue;
    }
    path += isDrawn ? `V${y(value)}` : `M${x(at)} ${y(value)}`;
    path += `H${next ? x(next.at) : width}`;
    isDrawn = true;
  }
  return path;
}

function round(value: number) {
  return Math.round(value * 10) / 10;
}

/** Where a scale ends: an even figure, so that the half of a count is none with a fraction. */
export function topOf(values: number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return Math.max(2, ([1, 2, 4, 6, 8].find((step) => step * power >= most) ?? 10) * power);
}
