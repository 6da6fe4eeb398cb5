import { createHash } from "node:crypto";
import { HEX_COLOR } from "../look-words";

/** Two tones of one colour: the one to draw in, and a second for gradients. */
export interface Tones {
  main: string;
  second: string;
}

/** Middle tones, which stand out on white and on black. */
const TONES: Record<string, Tones> = {
  blue: { main: "#2f6fed", second: "#38a3f5" },
  teal: { main: "#0d9488", second: "#2dd4bf" },
  green: { main: "#2e9e44", second: "#84cc16" },
  amber: { main: "#d97706", second: "#fbbf24" },
  red: { main: "#dc3b45", second: "#fb7185" },
  violet: { main: "#7c4dea", second: "#c084fc" },
  monochrome: { main: "#64748b", second: "#94a3b8" },
  orange: { main: "#e2621b", second: "#fb923c" },
  pink: { main: "#d6408f", second: "#f472b6" },
  cyan: { main: "#0c8fb8", second: "#22d3ee" },
  indigo: { main: "#4f56e0", second: "#818cf8" },
};
const BY_DEPARTMENT: Record<string, readonly string[]> = {
  warm: ["amber", "red", "orange", "pink"],
  cool: ["blue", "teal", "cyan", "indigo", "violet"],
  mixed: ["blue", "teal", "green", "amber", "red", "violet", "orange", "pink", "cyan", "indigo"],
};

/**
 * What a colour's name means for a category; those by department depend on the path's first name alone.
 * @param color a name of `ICON_COLORS` except `brand`, or `#rrggbb`
 */
export function tonesOf(color: string, path: readonly string[]): Tones {
  if (HEX_COLOR.test(color)) return { main: color, second: lighter(color) };
  const choices = BY_DEPARTMENT[color];
  const name = choices ? choices[departmentNumber(path[0] ?? "") % choices.length] : color;
  return TONES[name ?? "blue"] ?? (TONES.blue as Tones); // one of the table above
}

/** Black or white, whichever reads better on a colour (contrast as WCAG 2.2 defines it). */
export function inkOn(color: string): string {
  const light = luminance(color);
  return 1.05 / (light + 0.05) >= 2.6 ? "#ffffff" : "#1c2430";
}

function departmentNumber(name: string) {
  return createHash("sha256").update(name).digest().readUInt32BE(0);
}

function lighter(color: string) {
  const mixed = channels(color).map((value) => Math.round(value + (255 - value) * 0.35));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(color: string) {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
