/** Stands at the head of a product's rows in an export of ours: the file is read back to the letter then. */
export const OWN_PRODUCT = "Stockroom product";
export const OWN_VIEW = "Stockroom image view";

/** What a spreadsheet would take for a formula, or an escape for one. */
const RISKY = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula, quoted; `fromOwnCell` undoes it. */
export function ownCell(text: string): string {
  const safe = RISKY.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What was exported, as it was. */
export function fromOwnCell(cell: string): string {
  return RISKY.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell;
}
