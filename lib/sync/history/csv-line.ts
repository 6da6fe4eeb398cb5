/** A cell that a spreadsheet would run as a formula (ASVS 5.0, 1.2.10). */
const FORMULA = /^[=+\-@\t\r\0]/;

/** One line of CSV, CRLF included. Text that would be a formula gets an apostrophe in front; numbers stay numbers. */
export function csvLine(cells: readonly (string | number | boolean | Date | null | undefined)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
