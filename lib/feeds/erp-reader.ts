import { codeRefusal, normalizeCode } from "@/lib/catalog/codes";
import type { CsvRecord } from "./csv-record";
import { FeedError } from "./feed-error";
import type { FeedCode, FeedFields, FeedProduct, FeedRecord, FeedRejection, ReaderInput } from "./feed-record";
import { columnIndex, headedBatches } from "./headed-csv";
import { mappedCells } from "./mapping/mapped-cells";
import { parsePrice, priceProblem } from "./price";
import { parseQuantity } from "./quantity";
import { inBatches } from "./record-batches";
import { type RowProblem, rawLater, refusedRow, rowProblem } from "./rows";
import { fileRead, openSourceFiles, type SourceFile } from "./source-files";
import { UniqueProducts } from "./unique-products";

/** The list price is what a shop charges; exports without it carry one of the others. */
const PRICE_COLUMNS = ["ListPrice", "UnitPrice", "StandardUnitPrice"];
const QUANTITY_COLUMNS = ["QuantityOnHand", "QuantityAvailable"];
/** All columns that are read. */
export const ERP_COLUMNS: readonly string[] = ["ItemNumber", "UPC", ...PRICE_COLUMNS, ...QUANTITY_COLUMNS];

/** The ERP's item list (Xorosoft): what is stocked and what it costs. It says nothing of what a product is. */
export async function* readErpList(input: ReaderInput): AsyncGenerator<FeedRecord[]> {
  const files = await openSourceFiles(input, (name, isBare) => isBare || /\.csv$/i.test(name));
  if (files.length === 0) throw new FeedError("There is no CSV file in what was received. Send the ERP's item list.");
  const unique = new UniqueProducts(files, "ItemNumber", input.keys);
  const bytesTotal = files.reduce((sum, file) => sum + file.textBytes, 0);
  let bytesBefore = 0;
  for (const [fileIndex, file] of files.entries()) {
    let rowsRead = 0;
    let bytesRead = 0;
    let cellsOf: ReturnType<typeof mappedCells> | null = null;
    for await (const { header, rows } of headedBatches(file, input.signal, input.mapping?.dialect)) {
      const columns = erpColumns(file, header);
      cellsOf ??= mappedCells(header, input.mapping);
      rowsRead += rows.length;
      const told: FeedRecord[] = [];
      for (const record of rows) {
        bytesRead = record.offset + record.bytes;
        const problem = rowProblem(record, header.length);
        const item = problem ?? readItem(file, record, columns);
        if (!("product" in item)) {
          told.push(refusedRow(file, record, item, columns.text(record, "ItemNumber") || undefined));
          continue;
        }
        told.push(...item.warnings);
        if (cellsOf) item.product.cells = cellsOf(record.fields);
        const { line, offset, bytes } = record;
        const stretch = { fileIndex, line, offset, bytes, rows: item.product.rows };
        const clash = unique.clashOf(item.product, stretch);
        if (clash) told.push(...unique.settle(clash, item.product, stretch));
        else told.push(item.product);
      }
      told.push({ record: "progress", bytesRead: bytesBefore + bytesRead, bytesTotal });
      yield told;
    }
    bytesBefore += file.textBytes;
    yield [fileRead(file, rowsRead)];
  }
  yield* inBatches(unique.end());
}

interface ErpColumns {
  has: (name: string) => boolean;
  text: (record: CsvRecord, name: string) => string;
}

function erpColumns(file: SourceFile, header: string[]): ErpColumns {
  const index = columnIndex(header);
  const positionOf = (name: string) => index.get(name.toLowerCase());
  if (positionOf("ItemNumber") === undefined)
    throw new FeedError(
      `${file.name} has no column ItemNumber: this is not the ERP's item list. Choose another source.`,
    );
  return {
    has: (name) => positionOf(name) !== undefined,
    text: (record, name) => record.fields[positionOf(name) ?? -1]?.trim() ?? "",
  };
}

function readItem(
  file: SourceFile,
  record: CsvRecord,
  columns: ErpColumns,
): { product: FeedProduct; warnings: FeedRejection[] } | RowProblem {
  const key = columns.text(record, "ItemNumber");
  if (key === "") return { code: "key_missing", column: "ItemNumber", reason: "The item number is missing." };
  const refusal = codeRefusal(key);
  if (refusal) return { code: "code_too_short", column: "ItemNumber", reason: `Item number "${key}": ${refusal}.` };
  const fields: FeedFields = {};
  const problem = readPrice(record, columns, fields) ?? readQuantity(record, columns, fields);
  if (problem) return problem;

  const codes: FeedCode[] = [{ type: "erp", code: key }];
  const matchBy: FeedCode[] = [];
  const warnings: FeedRejection[] = [];
  if (/^CWS/i.test(key)) matchBy.push({ type: "cws", code: key });
  const upc = columns.text(record, "UPC");
  if (upc !== "") {
    const upcRefusal = codeRefusal(upc);
    if (upcRefusal) {
      const remark = { code: "code_too_short", column: "UPC", reason: `UPC "${upc}": ${upcRefusal}. It was left out.` };
      warnings.push({ ...refusedRow(file, record, remark, key), severity: "warning", counted: null });
    } else matchBy.push({ type: "upc", code: upc });
  }
  codes.push(...matchBy);
  const base = columns.text(record, "BasePartNumber");
  if (isBasePart(base, key)) codes.push({ type: "erp_base", code: base });
  const title = columns.text(record, "Description");
  const at = { file: file.name, line: record.line };
  const rows = { [file.name]: 1 };
  const raw = rawLater(file, [record]);
  return {
    product: { record: "product", key, at, sku: null, fields, ...(title && { title }), codes, matchBy, rows, raw },
    warnings,
  };
}

/** Exports put a phrase into this column as well: a base part number is one word, and not the item's own. */
function isBasePart(base: string, key: string) {
  return /^\S+$/.test(base) && codeRefusal(base) === null && normalizeCode(base) !== normalizeCode(key);
}

function readPrice(record: CsvRecord, columns: ErpColumns, fields: FeedFields): RowProblem | null {
  const present = PRICE_COLUMNS.filter(columns.has);
  if (present.length === 0) return null;
  const column = present.find((name) => columns.text(record, name) !== "") ?? present[0] ?? "";
  const text = columns.text(record, column);
  const price = parsePrice(text);
  if ("problem" in price) return priceProblem(column, text, price.problem);
  fields.priceCents = price.cents;
  return null;
}

function readQuantity(record: CsvRecord, columns: ErpColumns, fields: FeedFields): RowProblem | null {
  const column = QUANTITY_COLUMNS.find(columns.has);
  if (column === undefined) return null;
  const text = columns.text(record, column);
  const quantity = text === "" ? null : parseQuantity(text);
  if (quantity === undefined)
    return { code: "not_a_number", column, reason: `${column} "${text}" is not a whole number.` };
  fields.inventoryQuantity = quantity;
  return null;
}
