import type { SymbolNode } from "./symbols";

/** What shops sell by the thousand and the open set has no symbol of, drawn in its manner. */
export const OWN_SYMBOLS: Record<string, readonly SymbolNode[]> = {
  desk: [
    ["path", { d: "M2 7h20" }],
    ["path", { d: "M4 7v12" }],
    ["rect", { x: 12, y: 7, width: 8, height: 9, rx: 1 }],
    ["path", { d: "M12 11.5h8" }],
    ["path", { d: "M20 16v3" }],
  ],
  "dining-table": [
    ["rect", { x: 2, y: 6, width: 20, height: 3, rx: 1 }],
    ["path", { d: "m6 9-2 10" }],
    ["path", { d: "m18 9 2 10" }],
    ["path", { d: "M5.2 13h13.6" }],
  ],
};
