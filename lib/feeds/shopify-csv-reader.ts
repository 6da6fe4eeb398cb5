import type { CsvRecord } from "./csv-record";
import type { Stretch } from "./duplicates";
import { FeedError } from "./feed-error";
import type { FeedImage, FeedProduct, FeedRecord, FeedRejection, ReaderInput, RowCounts } from "./feed-record";
import { headedBatches } from "./headed-csv";
import { mappedCells } from "./mapping/mapped-cells";
import { listElements } from "./metafield-type";
import { isOwnExport, OwnRows } from "./own-export-reader";
import { inBatches } from "./record-batches";
import { type RowProblem, rawLater, refusedRow, rowProblem } from "./rows";
import { ShopifyMetafields } from "./shopify-metafields";
import { readCodes, readFields, readImage, ShopifyColumns } from "./shopify-product";
import { fileRead, openSourceFiles, type SourceFile } from "./source-files";
import { UniqueProducts } from "./unique-products";

/** A Shopify-shaped product CSV: a row per product, and rows for its further pictures below it. */
export async function* readShopifyCsv(input: ReaderInput): AsyncGenerator<FeedRecord[]> {
  const files = await openSourceFiles(input, (name, isBare) => isBare || /\.csv$/i.test(name));
  if (files.length === 0) throw new FeedError("There is no CSV file in what was received. Send a product CSV.");
  const unique = new UniqueProducts(files, "Key", input.keys);
  const toldCategories: ToldCategories = { keys: new Set(), keyOfCell: new Map() };
  const bytesTotal = files.reduce((sum, file) => sum + file.textBytes, 0);
  let bytesBefore = 0;
  for (const [fileIndex, file] of files.entries()) {
    let reader: GroupReader | null = null;
    let own: OwnRows | null = null;
    let rowsRead = 0;
    let bytesRead = 0;
    for await (const { header, rows } of headedBatches(file, input.signal, input.mapping?.dialect)) {
      if (isOwnExport(header)) own ??= new OwnRows(file, header);
      else reader ??= new GroupReader(file, fileIndex, header, input, unique, toldCategories);
      rowsRead += rows.length;
      const records: FeedRecord[] = [];
      for (const row of rows) {
        bytesRead = row.offset + row.bytes;
        if (own) records.push(...own.take(row));
        const finished = reader?.take(row);
        if (finished) reader?.settle(finished, records);
      }
      records.push({ record: "progress", bytesRead: bytesBefore + bytesRead, bytesTotal });
      yield records;
    }
    const records: FeedRecord[] = own?.finish() ?? [];
    const last = reader?.finish();
    if (last) reader?.settle(last, records);
    bytesBefore += file.textBytes;
    records.push(fileRead(file, rowsRead));
    yield records;
  }
  yield* inBatches(unique.end());
}

/** Categories told so far, and what the cells seen so far mean. */
interface ToldCategories {
  keys: Set<string>;
  keyOfCell: Map<string, string | null>;
}

/** The rows of one product, and what came of them. */
interface Finished {
  records: FeedRecord[];
  clash: ReturnType<UniqueProducts["clashOf"]>;
  product: FeedProduct | null;
  stretch: Stretch | null;
}

const SAID: Omit<Finished, "records"> = { clash: null, product: null, stretch: null };

/** Codes that name a product, in the order in which `readCodes` gives them: the best first. */
const MATCHED_BY = new Set(["sprc", "cws", "upc"]);

/** Gathers one file's rows into products. */
class GroupReader {
  private readonly columns: ShopifyColumns;
  private readonly metafields: ShopifyMetafields;
  private readonly cellsOf: ReturnType<typeof mappedCells>;
  private rows: CsvRecord[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly fileIndex: number,
    private readonly header: string[],
    input: ReaderInput,
    private readonly unique: UniqueProducts,
    private readonly toldCategories: ToldCategories,
  ) {
    this.columns = new ShopifyColumns(header);
    this.metafields = new ShopifyMetafields(header, input.knownDefinitions);
    this.cellsOf = mappedCells(header, input.mapping);
    for (const column of ["handle", "title"] as const)
      if (!this.columns.has(column))
        throw new FeedError(
          `${file.name} has no column ${this.columns.headerOf(column)}: this is no product CSV. Choose another source.`,
        );
  }

  /** A product that is whole now, or a row refused. */
  take(row: CsvRecord): Finished | null {
    const problem = rowProblem(row, this.header.length);
    if (problem) return { ...SAID, records: [refusedRow(this.file, row, problem)] };
    if (this.columns.text(row.fields, "title") !== "") {
      const finished = this.finish();
      this.rows = [row];
      return finished;
    }
    const first = this.rows[0];
    if (!first || !this.isContinuation(first, row)) {
      const reason = "The row has no title and does not stand below a row of its product. Move it there.";
      return { ...SAID, records: [refusedRow(this.file, row, { code: "no_product_for_row", reason })] };
    }
    if (this.columns.text(row.fields, "sku") !== "" || this.columns.text(row.fields, "barcode") !== "") {
      const reason = "The row is a second variant. A product has one here: give each variant a product of its own.";
      return { ...SAID, records: [refusedRow(this.file, row, { code: "second_variant", reason })] };
    }
    this.rows.push(row);
    return null;
  }

  /** The product of the rows gathered; null when there are none. */
  finish(): Finished | null {
    const [first] = this.rows;
    const last = this.rows.at(-1);
    if (!first || !last) return null;
    const rows = this.rows;
    this.rows = [];
    const counts = { [this.file.name]: rows.length };
    const read = this.readProduct(first, rows, counts);
    if ("code" in read) {
      const raw = rawLater(this.file, rows)();
      const refused = refusedRow(this.file, first, read);
      return { ...SAID, records: [{ ...refused, raw, counted: { as: "rejected", rows: counts } }] };
    }
    const bytes = last.offset + last.bytes - first.offset;
    const stretch = { fileIndex: this.fileIndex, line: first.line, offset: first.offset, bytes, rows: counts };
    const { product, before } = read;
    const clash = this.unique.clashOf(product, stretch);
    if (!clash) before.push(product);
    return { records: before, clash, product, stretch };
  }

  /** Tells what was finished, behind what was told before. */
  settle({ records, clash, product, stretch }: Finished, told: FeedRecord[]) {
    for (const record of records) told.push(record);
    if (clash && product && stretch) told.push(...this.unique.settle(clash, product, stretch));
  }

  private isContinuation(first: CsvRecord, row: CsvRecord) {
    for (const column of ["handle", "urlHandle"] as const) {
      const handle = this.columns.text(row.fields, column);
      if (handle !== "") return handle === this.columns.text(first.fields, column);
    }
    return false;
  }

  private readProduct(
    first: CsvRecord,
    rows: CsvRecord[],
    counts: RowCounts,
  ): RowProblem | { product: FeedProduct; before: FeedRecord[] } {
    const cells = first.fields;
    const key = this.keyOf(cells);
    if (key === "")
      return { code: "key_missing", column: "Handle", reason: "The row has no SPRC code, no CWS code and no handle." };
    const fields = readFields(this.columns, cells);
    if ("problem" in fields) return fields.problem;
    const at = { file: this.file.name, line: first.line };
    const { codes, refused } = readCodes(this.columns, this.metafields, cells);
    const { metafields, definitions, misfits } = this.metafields.read(cells);
    const before: FeedRecord[] = [...definitions];
    for (const { type, code } of refused)
      before.push(this.remark(first, key, "code_too_short", type, `Code "${code}": code too short. It was left out.`));
    for (const { name, type } of misfits)
      before.push(this.remark(first, key, "type_misfit", name, `The value is no ${type}. It was kept as text.`));
    const categoryKey = this.tellCategory(cells, at, before);
    const images: FeedImage[] = [];
    for (const row of rows) {
      const image = readImage(this.columns, row.fields, fields.name ?? "", images.length);
      if (image) images.push(image);
    }
    const matchBy = codes.filter((code) => MATCHED_BY.has(code.type));
    const product: FeedProduct = {
      record: "product",
      key,
      at,
      sku: key,
      fields,
      categoryKey,
      codes,
      matchBy,
      images: this.columns.has("imageUrl") ? images : undefined,
      metafields,
      rows: counts,
      raw: rawLater(this.file, rows),
    };
    if (this.cellsOf) product.cells = this.cellsOf(cells);
    return { product, before };
  }

  private keyOf(cells: string[]): string {
    for (const code of ["sprc", "cws_a"]) {
      const [first] = listElements(this.metafields.textOf(cells, code));
      if (first) return first;
    }
    return this.columns.text(cells, "handle");
  }

  /** Tells every node of the path that was not told before, from the top; the path is the category's key. */
  private tellCategory(cells: string[], at: FeedProduct["at"], before: FeedRecord[]): string | null | undefined {
    if (!this.columns.has("category")) return undefined;
    const { keys, keyOfCell } = this.toldCategories;
    const cell = this.columns.text(cells, "category");
    const known = keyOfCell.get(cell);
    if (known !== undefined) return known;
    let parentKey: string | null = null;
    for (const part of cell.split(">")) {
      const name = part.trim();
      if (name === "") continue;
      const key: string = parentKey === null ? name : `${parentKey} > ${name}`;
      if (!keys.has(key)) {
        keys.add(key);
        before.push({ record: "category", key, name, parentKey, sortOrder: 0, isActive: true, at, rows: {} });
      }
      parentKey = key;
    }
    keyOfCell.set(cell, parentKey);
    return parentKey;
  }

  private remark(row: CsvRecord, key: string, code: string, column: string, reason: string): FeedRejection {
    return { ...refusedRow(this.file, row, { code, column, reason }, key), severity: "warning", counted: null };
  }
}
