import "server-only";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import writeExcelFile, { type Row } from "write-excel-file/node";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { csvLine } from "@/lib/sync/history/csv-line";
import { listDetails } from "../detail-columns";
import { isMetafieldId } from "../filter/condition";
import { listEveryProduct } from "../list-every-product";
import type { ListQuery } from "../list-query";
import { getMetafieldColumns, listMetafieldValues } from "../metafield-columns";
import type { ColumnId } from "../product-search";
import { type TableCell, type TableColumn, tableColumns } from "./table-columns";

/** Rows read at a time. */
const BATCH = 500;
/** An Excel file is made in memory, whole. */
export const MOST_EXCEL_CELLS = 400_000;
/** More than a cell of Excel holds is cut there. */
const LONGEST_CELL = 32_767;

export interface Table {
  columns: TableColumn[];
  rows: AsyncGenerator<TableCell[][]>;
}

/** What the list shows on all its pages: its filter, its order, its columns. @throws {AppError} as `listProducts` */
export async function openTable(actor: Actor, query: ListQuery, ids: readonly ColumnId[]): Promise<Table> {
  const metafields = ids.filter(isMetafieldId);
  const columns = tableColumns(ids, await getMetafieldColumns(actor, metafields));
  return { columns, rows: rowsOf(actor, query, columns, ids) };
}

async function* rowsOf(actor: Actor, query: ListQuery, columns: TableColumn[], shown: readonly ColumnId[]) {
  for await (const products of listEveryProduct(actor, query, BATCH)) {
    const ids = products.map(({ id }) => id);
    const [values, details] = await Promise.all([
      listMetafieldValues(actor, ids, shown.filter(isMetafieldId)),
      listDetails(actor, ids, shown),
    ]);
    yield products.map((product) =>
      columns.map(({ cell }) => cell(product, values.get(product.id), details.get(product.id))),
    );
  }
}

/** A CSV in pieces of text, with a byte order mark for Excel; no cell is a formula. */
export async function* csvOf({ columns, rows }: Table, told: (rows: number) => Promise<void> = async () => undefined) {
  yield `\uFEFF${csvLine(columns.map(({ header }) => header))}`;
  for await (const part of rows) {
    yield part.map((cells) => csvLine(cells.map((cell, at) => written(cell, columns[at])))).join("");
    await told(part.length);
  }
}

function written(cell: TableCell, column: TableColumn | undefined) {
  return typeof cell === "number" && column?.kind === "money" ? cell.toFixed(2) : cell;
}

/** An Excel file; texts stand in it as texts, whatever they begin with. @throws {AppError} `too_large` */
export async function excelOf({ columns, rows }: Table, told: (rows: number) => Promise<void> = async () => undefined) {
  const data: Row[] = [columns.map(({ header }) => ({ value: header, type: String, fontWeight: "bold" }))];
  for await (const part of rows) {
    for (const cells of part) data.push(cells.map((cell, at) => excelCell(cell, columns[at]?.kind ?? "text")));
    if (data.length * columns.length > MOST_EXCEL_CELLS) {
      const most = Math.floor(MOST_EXCEL_CELLS / columns.length).toLocaleString("en");
      throw new AppError("too_large", `An Excel file with these columns holds ${most} products. Choose CSV for more.`);
    }
    await told(part.length);
  }
  const widths = columns.map(({ kind, header }) => ({ width: kind === "text" ? Math.max(18, header.length + 2) : 14 }));
  return writeExcelFile(data, { sheet: "Products", columns: widths, stickyRowsCount: 1 });
}

function excelCell(cell: TableCell, kind: TableColumn["kind"]): Row[number] {
  if (cell === null) return null;
  if (typeof cell === "string") return { value: cell.slice(0, LONGEST_CELL), type: String };
  if (cell instanceof Date) return { value: cell, type: Date, format: "yyyy-mm-dd hh:mm" };
  return { value: cell, type: Number, ...(kind === "money" && { format: "0.00" }) };
}

/** Writes the table into a file that is there when it is whole, and not before. */
export async function writeTableTo(
  path: string,
  format: "csv" | "xlsx",
  table: Table,
  told: (rows: number) => Promise<void>,
): Promise<void> {
  if (format === "csv") return pipeline(Readable.from(csvOf(table, told)), createWriteStream(path));
  const file = await excelOf(table, told);
  await file.toFile(path);
}
