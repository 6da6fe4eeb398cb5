import { z } from "zod";
import { iconLook } from "./icon-look";
import { ICON_PROVIDERS } from "./look-words";

/** Pictures of one batch. */
export const MOST_PICTURES = 5_000;

/** Which categories icons are made for. */
export const iconTarget = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("categories"),
    ids: z.array(z.uuid()).min(1, "Choose at least one category.").max(MOST_PICTURES, "Choose at most 5,000."),
  }),
  /** All that lack one, or those below a category. */
  z.object({ kind: z.literal("missing"), under: z.uuid().nullable().default(null) }),
  /** A category and all below it, whether they have one or not. */
  z.object({ kind: z.literal("subtree"), id: z.uuid() }),
]);
export type IconTarget = z.output<typeof iconTarget>;

const whole = (least: number, most: number) =>
  z
    .number("Enter a number.")
    .int("Enter a whole number.")
    .min(least, `At least ${least}.`)
    .max(most, `At most ${most}.`);

/** How a batch is made, whatever it is made for. */
export const iconMaking = z.object({
  provider: z.enum(ICON_PROVIDERS).default("built-in"),
  ...iconLook.shape,
  variations: whole(1, 8).default(1),
  instructions: z.string().trim().max(1_000, "At most 1,000 characters.").default(""),
  /** Millionths of the endpoint's currency; null: the month's limit alone holds. */
  ceilingMicros: z.number().int().min(0).max(1_000_000_000_000).nullable().default(null),
  /** Asks again for what was made already. */
  makeAnew: z.boolean().default(false),
  /** Approves an icon, and shows it, where its category shows none. */
  useAtOnce: z.boolean().default(false),
});
export type IconMaking = z.output<typeof iconMaking>;

export const iconRequest = z.object({ target: iconTarget, ...iconMaking.shape });
export type IconRequest = z.output<typeof iconRequest>;
