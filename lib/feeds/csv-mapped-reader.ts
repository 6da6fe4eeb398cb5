import type { CsvRecord } from "./csv-record";
import { FeedError } from "./feed-error";
import type { FeedProduct, FeedRecord, ReaderInput } from "./feed-record";
import { distinctNames, headedBatches } from "./headed-csv";
import type { Mapping } from "./mapping";
import { remarkOn } from "./mapping/map-records";
import { RowMapper } from "./mapping/row-mapper";
import { inBatches } from "./record-batches";
import { type RowProblem, rawLater, refusedRow, rowProblem } from "./rows";
import { fileRead, openSourceFiles, type SourceFile } from "./source-files";
import { UniqueProducts } from "./unique-products";

/** Any supplier's list: a row is a product, and the source's mapping says what its columns are. */
export async function* readMappedCsv(input: ReaderInput): AsyncGenerator<FeedRecord[]> {
  const { mapping } = input;
  if (!mapping?.keyColumn)
    throw new FeedError(
      "This source has no mapping yet, so nobody knows what its columns are. Open its Mapping page, say which column is what, and import again.",
    );
  const files = await openSourceFiles(input, (name, isBare) => isBare || /\.(csv|tsv|txt)$/i.test(name));
  if (files.length === 0) throw new FeedError("There is no CSV file in what was received. Send the supplier's list.");
  const mapper = new RowMapper(mapping, "csv", new Map());
  yield* inBatches(mapper.definitions());
  const unique = new UniqueProducts(files, mapping.keyColumn, input.keys);
  const bytesTotal = files.reduce((sum, file) => sum + file.textBytes, 0);
  let bytesBefore = 0;
  for (const [fileIndex, file] of files.entries()) {
    let rows: MappedRows | null = null;
    let rowsRead = 0;
    let bytesRead = 0;
    for await (const batch of headedBatches(file, input.signal, mapping.dialect)) {
      rows ??= new MappedRows(file, batch.header, mapping, mapper);
      rowsRead += batch.rows.length;
      const told: FeedRecord[] = [];
      for (const record of batch.rows) {
        bytesRead = record.offset + record.bytes;
        const read = rows.read(record);
        if ("code" in read) {
          told.push(refusedRow(file, record, read, rows.keyOf(record) || undefined));
          continue;
        }
        const { product } = read;
        told.push(...read.before);
        const { line, offset, bytes } = record;
        const stretch = { fileIndex, line, offset, bytes, rows: product.rows };
        const clash = unique.clashOf(product, stretch);
        if (clash) told.push(...unique.settle(clash, product, stretch));
        else told.push(product);
      }
      told.push({ record: "progress", bytesRead: bytesBefore + bytesRead, bytesTotal });
      yield told;
    }
    bytesBefore += file.textBytes;
    yield [fileRead(file, rowsRead)];
  }
  yield* inBatches(unique.end());
}

/** One file's rows as products. */
class MappedRows {
  private readonly wanted: { column: string; position: number }[];
  private readonly keyPosition: number;
  private readonly skuPosition: number;

  constructor(
    private readonly file: SourceFile,
    private readonly header: string[],
    private readonly mapping: Mapping,
    private readonly mapper: RowMapper,
  ) {
    const positions = new Map(distinctNames(header).map((name, position) => [name, position]));
    const positionOf = (column: string) => {
      const position = positions.get(column);
      if (position !== undefined) return position;
      throw new FeedError(
        `${file.name} has no column ${column}, which this source's mapping needs. Fetch the file again, or correct the mapping.`,
      );
    };
    this.keyPosition = positionOf(mapping.keyColumn ?? "");
    this.skuPosition = mapping.skuColumn === null ? -1 : positionOf(mapping.skuColumn);
    this.wanted = mapping.columns
      .filter(({ target }) => target.to !== "ignore" && target.to !== "same")
      .map(({ column }) => ({ column, position: positionOf(column) }));
  }

  keyOf({ fields }: CsvRecord): string {
    return fields[this.keyPosition]?.trim() ?? "";
  }

  read(record: CsvRecord): RowProblem | { product: FeedProduct; before: FeedRecord[] } {
    const problem = rowProblem(record, this.header.length);
    if (problem) return problem;
    const key = this.keyOf(record);
    const keyColumn = this.mapping.keyColumn ?? "";
    if (key === "")
      return { code: "key_missing", column: keyColumn, reason: `${keyColumn} is empty: the row names no product.` };
    const product: FeedProduct = {
      record: "product",
      key,
      at: { file: this.file.name, line: record.line },
      sku: record.fields[this.skuPosition]?.trim() || null,
      fields: {},
      codes: [],
      matchBy: [],
      rows: { [this.file.name]: 1 },
      raw: rawLater(this.file, [record]),
      cells: new Map(this.wanted.map(({ column, position }) => [column, record.fields[position] ?? ""])),
    };
    const row = this.mapper.map(product);
    if ("code" in row) return row;
    row.product.cells = undefined;
    return {
      product: row.product,
      before: [...row.categories, ...row.remarks.map((remark) => remarkOn(product, remark))],
    };
  }
}
