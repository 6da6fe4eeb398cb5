import { DESK_SHAPES } from "./desk-shapes";
import { KITCHEN_SHAPES } from "./kitchen-shapes";
import { type Tones, tonesOf } from "./palette";
import { PAPER_SHAPES } from "./paper-shapes";
import { ROOM_SHAPES } from "./room-shapes";

const SHAPES = { ...DESK_SHAPES, ...PAPER_SHAPES, ...ROOM_SHAPES, ...KITCHEN_SHAPES } satisfies Record<
  string,
  (tones: Tones) => string
>;

export type Shape = keyof typeof SHAPES;
export const SHAPE_NAMES = Object.keys(SHAPES) as Shape[]; // the keys of a literal are its names

/** An SVG of 600 by 600: the shape in its colour on a quiet ground. */
export function drawShape(shape: Shape, colour: string) {
  const shadow = '<ellipse cx="300" cy="528" rx="190" ry="16" fill="#000" opacity=".07"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 600 600"><rect width="600" height="600" fill="#e6e9ec"/>${shadow}${SHAPES[shape](tonesOf(colour))}</svg>\n`;
}
