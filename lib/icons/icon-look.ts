import { z } from "zod";
import { HEX_COLOR, ICON_BACKGROUNDS, ICON_COLORS, ICON_STYLES } from "./look-words";

/** How an icon looks, whoever makes it. */
export const iconLook = z.object({
  style: z.enum(ICON_STYLES, "Choose one of the styles.").default("duotone").meta({ title: "Style" }),
  color: z
    .string()
    .trim()
    .toLowerCase()
    .refine(
      (color) => HEX_COLOR.test(color) || (ICON_COLORS as readonly string[]).includes(color),
      "Choose one of the colours, or write one like #1e66f5.",
    )
    .default("blue")
    .meta({ title: "Colour", description: `${ICON_COLORS.join(", ")}, or one like #1e66f5` }),
  background: z
    .enum(ICON_BACKGROUNDS, "Choose one of the backgrounds.")
    .default("rounded")
    .meta({ title: "Background" }),
  size: z
    .number("Enter a size in pixels.")
    .int("Enter whole pixels.")
    .min(32, "At least 32 pixels.")
    .max(1024, "At most 1,024 pixels.")
    .default(256)
    .meta({ title: "Size", description: "Pixels, both ways." }),
});
export type IconLook = z.output<typeof iconLook>;
