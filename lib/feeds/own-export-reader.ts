import { z } from "zod";
import type { CsvRecord } from "./csv-record";
import type { FeedDefinition, FeedFields, FeedImage, FeedMetafield, FeedProduct, FeedRecord } from "./feed-record";
import { EXISTING_CATEGORY } from "./mapping/category-teller";
import { fromOwnCell, OWN_PRODUCT, OWN_VIEW } from "./own-cell";
import { parsePrice, priceProblem } from "./price";
import { parseQuantity } from "./quantity";
import { type RowProblem, rawLater, refusedRow, rowProblem } from "./rows";
import type { SourceFile } from "./source-files";

const METAFIELD = /^Metafield: ([^.]+)\.(.+) \[([\w.]+)\]$/;

const TEXTS = {
  Title: "name",
  "Body (HTML)": "description",
  "Short description": "shortDescription",
  Vendor: "brand",
  Manufacturer: "manufacturer",
  "Google Shopping / MPN": "manufacturerPartNumber",
  "Variant Barcode": "upc",
  "Option1 Value": "variation",
  "SEO Title": "seoTitle",
  "SEO Description": "seoDescription",
} as const satisfies Record<string, keyof FeedFields>;

const PRICES = {
  "Variant Price": "priceCents",
  "Variant Compare At Price": "compareAtPriceCents",
  "Cost per item": "costPriceCents",
} as const satisfies Record<string, keyof FeedFields>;

const QUANTITIES = {
  "Variant Inventory Qty": "inventoryQuantity",
  "Variant Grams": "weightGrams",
  "Length (mm)": "lengthMm",
  "Width (mm)": "widthMm",
  "Height (mm)": "heightMm",
} as const satisfies Record<string, keyof FeedFields>;

const STATUSES = z.enum(["draft", "active", "archived"]);

/** Whether a Shopify-shaped CSV is an export of ours, which says which product each row is. */
export function isOwnExport(header: string[]): boolean {
  return header.includes(OWN_PRODUCT);
}

/** The rows of an export of ours as products: values to the letter, products by their id, no code and no category anew. */
export class OwnRows {
  private readonly positions: Map<string, number>;
  private readonly metafields: { position: number; definition: FeedDefinition }[];
  private isTold = false;
  private readonly seen = new Set<string>();
  private rows: CsvRecord[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly header: string[],
  ) {
    this.positions = new Map(header.map((name, position) => [name, position]));
    this.metafields = header.flatMap((name, position) => {
      const [, namespace, key, type] = METAFIELD.exec(name) ?? [];
      if (!namespace || !key || !type) return [];
      return [{ position, definition: { record: "definition", externalKey: name, namespace, key, name: key, type } }];
    });
  }

  /** What a row finishes: the product before it, or itself refused. */
  take(row: CsvRecord): FeedRecord[] {
    const problem = rowProblem(row, this.header.length);
    if (problem) return [refusedRow(this.file, row, problem)];
    const id = this.text(row, OWN_PRODUCT);
    if (id === "") return [refusedRow(this.file, row, missing())];
    const first = this.rows[0];
    if (first && this.text(first, OWN_PRODUCT) === id && this.text(row, "Title") === "") {
      this.rows.push(row);
      return [];
    }
    const finished = this.finish();
    if (this.seen.has(id)) return [...finished, refusedRow(this.file, row, repeated(id), id)];
    this.seen.add(id);
    this.rows = [row];
    return finished;
  }

  finish(): FeedRecord[] {
    const [first] = this.rows;
    if (!first) return [];
    const rows = this.rows;
    this.rows = [];
    const fields = this.readFields(first);
    const counts = { [this.file.name]: rows.length };
    if ("code" in fields) {
      const raw = rawLater(this.file, rows)();
      return [{ ...refusedRow(this.file, first, fields), raw, counted: { as: "rejected", rows: counts } }];
    }
    const id = this.text(first, OWN_PRODUCT);
    const product: FeedProduct = {
      record: "product",
      key: id,
      productId: id,
      at: { file: this.file.name, line: first.line },
      sku: this.text(first, "Variant SKU") || null,
      fields,
      categoryKey: this.categoryKey(first),
      codes: [],
      matchBy: [],
      images: this.readImages(rows),
      metafields: this.readMetafields(first),
      rows: counts,
      raw: rawLater(this.file, rows),
    };
    const told = this.isTold ? [] : this.metafields.map(({ definition }) => definition);
    this.isTold = true;
    return [...told, product];
  }

  private text({ fields }: CsvRecord, column: string): string {
    return fromOwnCell(fields[this.positions.get(column) ?? -1] ?? "");
  }

  private readFields(row: CsvRecord): FeedFields | RowProblem {
    const fields: FeedFields = {};
    for (const [column, field] of Object.entries(TEXTS)) {
      if (!this.positions.has(column)) continue;
      const text = this.text(row, column);
      if (field !== "name") fields[field] = text === "" ? null : text;
      else if (text !== "") fields.name = text;
    }
    for (const [column, field] of Object.entries(PRICES)) {
      const text = this.text(row, column);
      if (text === "") continue;
      const price = parsePrice(text);
      if ("problem" in price) return priceProblem(column, text, price.problem);
      fields[field] = price.cents;
    }
    for (const [column, field] of Object.entries(QUANTITIES)) {
      const text = this.text(row, column);
      if (text === "") continue;
      const quantity = parseQuantity(text);
      if (quantity === undefined)
        return { code: "not_a_number", column, reason: `${column} "${text}" is no quantity.` };
      fields[field] = quantity;
    }
    const status = STATUSES.safeParse(this.text(row, "Status"));
    if (status.success) fields.status = status.data;
    const handle = this.text(row, "Handle");
    if (handle !== "") fields.handle = handle;
    return fields;
  }

  private categoryKey(row: CsvRecord): string | null | undefined {
    if (!this.positions.has("Product Category")) return undefined;
    const path = this.text(row, "Product Category");
    return path === "" ? null : EXISTING_CATEGORY + path;
  }

  private readImages(rows: CsvRecord[]): FeedImage[] | undefined {
    if (!this.positions.has(OWN_VIEW)) return undefined;
    const images: FeedImage[] = [];
    for (const row of rows) {
      const url = this.text(row, "Image Src");
      if (url === "") continue;
      images.push({
        url,
        view: this.text(row, OWN_VIEW),
        altText: this.text(row, "Image Alt Text"),
        sortOrder: images.length,
      });
    }
    return images;
  }

  private readMetafields({ fields }: CsvRecord): FeedMetafield[] {
    return this.metafields.flatMap(({ position, definition: { namespace, key, type } }) => {
      const value = fromOwnCell(fields[position] ?? "");
      return value === "" ? [] : [{ namespace, key, value, type }];
    });
  }
}

function repeated(id: string): RowProblem {
  const reason = `${OWN_PRODUCT} ${id} stands further up already. The first rows of it were taken: remove these.`;
  return { code: "duplicate_key", column: OWN_PRODUCT, reason };
}

function missing(): RowProblem {
  return {
    code: "key_missing",
    column: OWN_PRODUCT,
    reason: `${OWN_PRODUCT} is empty: leave that column as it was exported, it says which product the row is.`,
  };
}
