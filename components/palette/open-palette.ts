export type PaletteMode = "commands" | "shortcuts";

/** Heard by the palette's place in the frame. */
export const PALETTE_EVENT = "stockroom:palette";

export function openPalette() {
  window.dispatchEvent(new CustomEvent<PaletteMode>(PALETTE_EVENT, { detail: "commands" }));
}

export function openShortcuts() {
  window.dispatchEvent(new CustomEvent<PaletteMode>(PALETTE_EVENT, { detail: "shortcuts" }));
}
