import { createHash } from "node:crypto";
import { tonesOf } from "./built-in/colors";
import type { IconLook } from "./icon-look";
import type { IconMaking } from "./icon-request";

/** Raised when the same words would be drawn otherwise: what was made before is then no answer any more. */
export const BUILT_IN_MODEL = "composer-1";

const STYLE_TOLD: Record<IconLook["style"], string> = {
  line: "simple line drawing with even strokes",
  fine: "fine line drawing with thin strokes",
  bold: "bold line drawing with thick strokes",
  duotone: "line drawing whose surfaces have a light tint of the same colour",
  flat: "flat shapes without outlines or shadows",
  badge: "white symbol on a solid badge with a thin ring",
  gradient: "flat shapes with a soft gradient between two tones of one colour",
};
const GROUND_TOLD: Record<IconLook["background"], string> = {
  transparent: "no background at all (transparent)",
  circle: "a plain circle as its background",
  rounded: "a plain rounded square as its background",
  gradient: "a rounded square with a soft gradient as its background",
};

/** What a provider is told, kept with each picture. The built-in generator reads the category's path alone. */
export function iconPrompt(path: readonly string[], making: Omit<IconMaking, "ceilingMicros">): string {
  const place = path.join(" > ");
  if (making.provider === "built-in") return place;
  const lines = [
    `An icon for the category "${path.at(-1) ?? ""}" of an online shop (${place}).`,
    `One object that stands for what is sold there, centred, seen from the front, as a ${STYLE_TOLD[making.style]}.`,
    `Main colour ${tonesOf(making.color, path).main}; ${GROUND_TOLD[making.background]}.`,
    "No text, no letters, no numbers, no brand, no people. It must be clear at 32 pixels.",
  ];
  if (making.instructions) lines.push(making.instructions);
  return lines.join("\n");
}

export interface CacheFacts extends IconLook {
  provider: string;
  model: string;
  prompt: string;
  variation: number;
}

/** SHA-256 over everything that a picture depends on. */
export function cacheKeyOf(facts: CacheFacts): string {
  const { provider, model, prompt, size, style, color, background, variation } = facts;
  return createHash("sha256")
    .update(JSON.stringify([provider, model, prompt, size, style, color, background, variation]))
    .digest("hex");
}
