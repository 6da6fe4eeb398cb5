/**
 * What every reader says, whatever the format: a stream of records. A definition and a category (its parent too) come
 * before the first product that uses them, a file when it has been read to its end, a retraction after the product it
 * takes back; rejections and progress anywhere.
 */

import type { KeyTable } from "./key-table";
import type { Mapping } from "./mapping";

export type FeedKind = "etilize" | "shopify_csv" | "erp" | "csv" | "category_json";

/** A place in a received file. `line` is the physical line a record begins on, from 1, quoted line breaks counted. */
export interface Place {
  file: string;
  line: number;
}

/** Rows of the received files that a record stands for, so that each file's rows can be added up: {file: rows}. */
export type RowCounts = Record<string, number>;

/** Product columns that a feed can speak of. Absent: the feed says nothing. Null: the feed says there is none. */
export interface FeedFields {
  name?: string;
  description?: string | null;
  shortDescription?: string | null;
  brand?: string | null;
  manufacturer?: string | null;
  manufacturerPartNumber?: string | null;
  /** The first UPC or EAN; all of them are in `codes`. */
  upc?: string | null;
  variation?: string | null;
  weightGrams?: number | null;
  lengthMm?: number | null;
  widthMm?: number | null;
  heightMm?: number | null;
  priceCents?: number | null;
  compareAtPriceCents?: number | null;
  costPriceCents?: number | null;
  inventoryQuantity?: number | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  handle?: string | null;
  status?: "draft" | "active" | "archived";
}
export type FeedField = keyof FeedFields;

export interface FeedCode {
  /** `upc`, `mpn`, `sprc`, `cws`, `cws_catalog`, `erp` */
  type: string;
  /** As received. */
  code: string;
}

export interface FeedImage {
  url: string;
  view: string;
  altText: string;
  sortOrder: number;
}

export interface FeedMetafield {
  namespace: string;
  key: string;
  /** Serialised as Shopify does; fits `type`, which is single_line_text_field where it misfits the definition's. */
  value: string;
  type: string;
  /** Where the value stands, when not on the product's own row. */
  at?: Place;
}

/** One attribute or metafield column of the feed, seen over the whole file. */
export interface FeedDefinition {
  record: "definition";
  /** The source's own id: `3200333`, or the column's header. */
  externalKey: string;
  namespace: string;
  key: string;
  name: string;
  /** A Shopify metafield type that every value of this file fits. */
  type: string;
}

export interface FeedCategory {
  record: "category";
  key: string;
  name: string;
  /** Null at the top. A parent comes before its children. */
  parentKey: string | null;
  sortOrder: number;
  isActive: boolean;
  at: Place;
  rows: RowCounts;
}

/** How a source's mapping reads silence and lists; absent: an absent metafield goes, pictures are replaced, codes added. */
export interface FeedHandling {
  /** Of these rules: an item must be compared anew when they change. */
  id: string;
  /** Whether a metafield (`namespace.key`) stays where the feed gives none. */
  leavesEmpty: (name: string) => boolean;
  /** `namespace.key` of list metafields that are added to. */
  mergeLists: ReadonlySet<string>;
  images: "replace" | "merge";
  codes: "replace" | "merge";
  /** Types of codes that this source speaks of: what `replace` may take away. */
  codeTypes: ReadonlySet<string>;
}

export interface FeedProduct {
  record: "product";
  /** The source's own key. */
  key: string;
  at: Place;
  /** The product itself, where an export of ours names it. */
  productId?: string;
  /** Given at creation; null when this feed can't create products. */
  sku: string | null;
  fields: FeedFields;
  /** What the row calls the product where that is no word on its name: people recognise it by this. */
  title?: string;
  /** The category's key in this feed; null: the file gives none; undefined: this feed doesn't speak of categories. */
  categoryKey?: string | null;
  codes: FeedCode[];
  /** Strong codes to find the product by, best first; the source's own key is tried before them. */
  matchBy: FeedCode[];
  images?: FeedImage[];
  metafields?: FeedMetafield[];
  /** Where a field's value stands, when not on the product's own row. */
  places?: Partial<Record<FeedField | "categoryKey" | "images" | "codes", Place>>;
  rows: RowCounts;
  /** The product's own row as it stands in the file; asked for only when the pipeline refuses it. */
  raw?: () => string;
  /** The columns that the source's mapping asked for, as they stand: header → cell. */
  cells?: ReadonlyMap<string, string>;
  handling?: FeedHandling;
}

/** A row refused (`error`), or accepted with a remark (`warning`). */
export interface FeedRejection {
  record: "rejection";
  severity: "error" | "warning";
  at: Place;
  column?: string;
  /** Machine word: `cut_row`, `not_a_number`, `price_zero`, `duplicate_key`, `repeat` … */
  code: string;
  /** What is wrong and what to do, for people. */
  reason: string;
  key?: string;
  /** The record as it stands in the file. */
  raw: string;
  /** Rows that this takes out of the count of staged ones. */
  counted: { as: "rejected" | "repeated"; rows: RowCounts } | null;
}

/**
 * Takes back a product told earlier: its key or UPC came again with other content. Its rows become rejected; the
 * rejection that says why comes later and counts the other rows alone.
 */
export interface FeedRetraction {
  record: "retract";
  key: string;
}

/** A file has been read to its end. */
export interface FeedFileRead {
  record: "file";
  name: string;
  /** The archived file (by its position in the input) this came out of. */
  inputIndex: number;
  encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be" | "windows-1252";
  bytes: number;
  /** SHA-256 of the file's bytes. */
  hash: string;
  /** Its last line has a line end; false also for a file without a byte. Absent where lines mean nothing. */
  isEnded?: boolean;
  /** Records, not lines; a header is none. */
  rowsRead: number;
  /** Rows of tables that products only refer to (names, units): they belong to no product or category. */
  rowsReference: number;
}

/** How far the reader is, in bytes over all files. */
export interface FeedProgress {
  record: "progress";
  bytesRead: number;
  bytesTotal: number;
}

export type FeedRecord =
  | FeedFileRead
  | FeedDefinition
  | FeedCategory
  | FeedProduct
  | FeedRejection
  | FeedRetraction
  | FeedProgress;

export interface ReaderInput {
  /** Absolute paths of the received files (zips or bare files), in the order given. */
  files: { path: string; name: string }[];
  /** An empty folder for the reader's working files; the caller removes it. */
  scratchFolder: string;
  /** Keys already given to attributes by earlier runs: {externalKey: {namespace, key, type}}. They never change. */
  knownDefinitions: Map<string, { namespace: string; key: string; type: string }>;
  /** The source's mapping; absent: as the format has it. */
  mapping?: Mapping;
  /** Numbers the products' keys, for the reader and for whoever counts them: a million fit in memory once. */
  keys?: KeyTable;
  signal?: AbortSignal;
}

/**
 * Reads a format, and tells its records in batches: waiting for each of a million would take longer than reading them.
 * Throws FeedError only when the file as a whole can't be used.
 */
export type FeedReader = (input: ReaderInput) => AsyncGenerator<FeedRecord[]>;
