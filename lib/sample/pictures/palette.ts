/** What a colour attribute looks like on a picture. */
const HEX: Readonly<Record<string, string>> = {
  Assorted: "#d9773f",
  Black: "#3a3d42",
  Blue: "#3f74b5",
  Brown: "#84593c",
  Burgundy: "#7d3145",
  Clear: "#c4d8e2",
  Cyan: "#2f9fc4",
  Gray: "#8d949c",
  Green: "#4f9467",
  Ivory: "#e9dfc4",
  Kraft: "#c39b6b",
  Magenta: "#c0407f",
  Manila: "#e3c888",
  Maple: "#d8b078",
  Natural: "#d3b48c",
  Navy: "#2f4468",
  Oak: "#bd935c",
  Orange: "#e08a3c",
  Pink: "#df8fa9",
  Purple: "#7a5ca3",
  Red: "#c2483f",
  Silver: "#b3bac1",
  Teal: "#3a8b8c",
  Walnut: "#6d4a35",
  White: "#fafbfb",
  Yellow: "#edc64c",
};

export interface Tones {
  base: string;
  light: string;
  dark: string;
  /** Thin lines and small parts that must show on any base. */
  line: string;
}

/** The product's own colour with the tones drawn from it; grey for a colour nobody has drawn yet. */
export function tonesOf(colour: string): Tones {
  const base = HEX[colour] ?? "#8d949c";
  return { base, light: mixed(base, 255, 0.35), dark: mixed(base, 0, 0.25), line: mixed(base, 20, 0.55) };
}

function mixed(hex: string, towards: number, share: number) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const blended = channels.map((value) => Math.round(value + (towards - value) * share));
  return `#${blended.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
