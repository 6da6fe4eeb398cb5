import type { IconLook } from "../icon-look";
import { inkOn, type Tones } from "./colors";
import type { SymbolNode } from "./symbols";

/** The drawing's side, in its own units. */
const SIDE = 96;
/** Symbols come in a square of 24 with strokes of 2. */
const SYMBOL_SIDE = 24;
const STROKE = { line: 2, fine: 1.4, bold: 2.6, duotone: 1.9, flat: 2.2, badge: 2.2, gradient: 2 } as const;
/** Styles whose ground is coloured through; the others tint it. */
const SOLID = new Set<IconLook["style"]>(["flat", "badge", "gradient"]);

/** An icon as SVG: the same symbol, tones and look are the same text. */
export function drawIcon(nodes: readonly SymbolNode[], tones: Tones, look: Omit<IconLook, "color" | "size">): string {
  const ground = groundOf(look, tones);
  const onSolid = ground !== "" && SOLID.has(look.style);
  const ink = onSolid ? inkOn(tones.main) : look.style === "gradient" ? "url(#tones)" : tones.main;
  const side = ground === "" ? 80 : look.style === "badge" ? 46 : 54;
  const place = `translate(${(SIDE - side) / 2} ${(SIDE - side) / 2}) scale(${side / SYMBOL_SIDE})`;
  const fill = look.style === "duotone" ? ` fill="${tones.second}" fill-opacity="0.28"` : ` fill="none"`;
  const stroke = `stroke="${ink}" stroke-width="${STROKE[look.style]}" stroke-linecap="round" stroke-linejoin="round"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">`,
    gradients(tones),
    ground,
    `<g transform="${place}"${fill} ${stroke}>${nodes.map((node) => element(node, ink)).join("")}</g>`,
    "</svg>",
  ].join("");
}

function gradients({ main, second }: Tones) {
  const stops = `<stop offset="0" stop-color="${second}"/><stop offset="1" stop-color="${main}"/>`;
  const soft = [
    `<stop offset="0" stop-color="${second}" stop-opacity="0.34"/>`,
    `<stop offset="1" stop-color="${main}" stop-opacity="0.12"/>`,
  ].join("");
  // In the drawing's own units: a line without width or height has no box to lay a gradient in.
  const symbolBox = `gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="${SYMBOL_SIDE}" y2="${SYMBOL_SIDE}"`;
  return [
    `<defs><linearGradient id="tones" ${symbolBox}>${stops}</linearGradient>`,
    `<linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">${stops}</linearGradient>`,
    `<linearGradient id="soft" x1="0" y1="0" x2="1" y2="1">${soft}</linearGradient></defs>`,
  ].join("");
}

function groundOf({ style, background }: Pick<IconLook, "style" | "background">, { main }: Tones): string {
  const shape = style === "badge" && background === "transparent" ? "circle" : background;
  if (shape === "transparent") return "";
  const isGradient = shape === "gradient" || style === "gradient";
  const fill = SOLID.has(style)
    ? `fill="${isGradient ? "url(#ground)" : main}"`
    : isGradient
      ? `fill="url(#soft)"`
      : `fill="${main}" fill-opacity="0.13"`;
  const ring = style === "badge" ? badgeRing(shape, inkOn(main)) : "";
  return `${shape === "circle" ? `<circle cx="48" cy="48" r="46" ${fill}/>` : `<rect x="2" y="2" width="92" height="92" rx="22" ${fill}/>`}${ring}`;
}

function badgeRing(shape: string, ink: string) {
  const stroke = `fill="none" stroke="${ink}" stroke-opacity="0.75" stroke-width="2.5"`;
  return shape === "circle"
    ? `<circle cx="48" cy="48" r="38" ${stroke}/>`
    : `<rect x="10" y="10" width="76" height="76" rx="15" ${stroke}/>`;
}

/** Symbols fill a dot here and there with the colour of their strokes. */
function element([name, attributes]: SymbolNode, ink: string) {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${key === "fill" && value === "currentColor" ? ink : value}"`,
  );
  return `<${name}${written.join("")}/>`;
}
