/**
 * Rows of cells from what a spreadsheet puts on the clipboard as text: tabs between cells, and quotes, doubled within,
 * around a cell that holds a tab, a line break or begins with a quote. A quote that closes nowhere is a plain sign
 * (`5" pipe`). The line break behind the last row, which spreadsheets add, makes no row.
 */
export function readClipboard(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const source = text.replace(/\0/g, "");
  while (at <= source.length) {
    const quoted = source[at] === '"' ? readQuoted(source, at) : null;
    const end = quoted?.end ?? plainEnd(source, at);
    row.push(quoted?.value ?? source.slice(at, end));
    if (source[end] === "\t") {
      at = end + 1;
      continue;
    }
    rows.push(row);
    row = [];
    at = end + (source.startsWith("\r\n", end) ? 2 : 1);
    if (at >= source.length) break;
  }
  return rows;
}

function plainEnd(source: string, from: number): number {
  let end = from;
  while (end < source.length && source[end] !== "\t" && source[end] !== "\n" && source[end] !== "\r") end++;
  return end;
}

/** The cell whose opening quote stands at `from`; null where no closing quote ends a cell. */
function readQuoted(source: string, from: number): { value: string; end: number } | null {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] !== '"') continue;
    if (source[at + 1] === '"') {
      at++;
      continue;
    }
    const behind = source[at + 1];
    if (behind !== undefined && behind !== "\t" && behind !== "\n" && behind !== "\r") return null;
    const value = source.slice(from + 1, at).replaceAll('""', '"');
    return { value: value.replace(/\r\n?/g, "\n"), end: at + 1 };
  }
  return null;
}

/** Cells as spreadsheets read them from the clipboard: what `readClipboard` reads back. */
export function writeClipboard(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(writeCell).join("\t")).join("\r\n");
}

function writeCell(text: string) {
  const plain = text.replace(/\r\n?/g, "\n");
  return /[\t\n]|^"/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The same as a table, for programs that read no tabs. */
export function clipboardHtml(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<td>${escapeHtml(text).replaceAll("\n", "<br>")}</td>`;
  return `<table>${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("")}</table>`;
}

function escapeHtml(text: string) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
