/** A cell after RFC 4180: quoted only where it must be, a quote doubled. */
export function csvCell(text: string) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvRow(cells: readonly string[]) {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** `1249` as `12.49`. */
export function dollars(cents: number) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
