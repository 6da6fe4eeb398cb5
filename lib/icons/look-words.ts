export const ICON_PROVIDERS = ["built-in", "endpoint"] as const;
export type IconProvider = (typeof ICON_PROVIDERS)[number];
export const PROVIDER_WORDS: Record<IconProvider, string> = {
  "built-in": "Built-in generator",
  endpoint: "Image endpoint",
};

export const ICON_STYLES = ["line", "fine", "bold", "duotone", "flat", "badge", "gradient"] as const;
export type IconStyle = (typeof ICON_STYLES)[number];
export const STYLE_WORDS: Record<IconStyle, string> = {
  line: "Line",
  fine: "Fine line",
  bold: "Bold line",
  duotone: "Duotone",
  flat: "Flat",
  badge: "Badge",
  gradient: "Gradient",
};

export const ICON_BACKGROUNDS = ["transparent", "circle", "rounded", "gradient"] as const;
export type IconBackground = (typeof ICON_BACKGROUNDS)[number];
export const BACKGROUND_WORDS: Record<IconBackground, string> = {
  transparent: "None",
  circle: "Circle",
  rounded: "Rounded square",
  gradient: "Gradient",
};

/** Colours by name; `brand` is the shop's own, `warm`, `cool` and `mixed` give each department one of theirs. */
export const ICON_COLORS = [
  ...(["blue", "teal", "green", "amber", "red", "violet", "monochrome"] as const),
  ...(["warm", "cool", "mixed", "brand"] as const),
] as const;
export type IconColorName = (typeof ICON_COLORS)[number];
export const COLOR_WORDS: Record<IconColorName, string> = {
  blue: "Blue",
  teal: "Teal",
  green: "Green",
  amber: "Amber",
  red: "Red",
  violet: "Violet",
  monochrome: "Monochrome",
  warm: "Warm, by department",
  cool: "Cool, by department",
  mixed: "Mixed, by department",
  brand: "Brand colour",
};

export const HEX_COLOR = /^#[0-9a-f]{6}$/;
