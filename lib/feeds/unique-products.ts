import { normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { readRaw } from "./csv";
import { Duplicates, type Stretch } from "./duplicates";
import type { FeedProduct, FeedRecord } from "./feed-record";
import { KeyTable } from "./key-table";
import { repeatedRow } from "./rows";
import type { SourceFile } from "./source-files";

interface Clash {
  what: string;
  value: string;
  first: { owner: string; fileIndex: number; line: number; offset: number; bytes: number };
}

/**
 * Sees to it that a key, and a UPC, stand for one product of a streamed feed: an identical repeat is a warning; with
 * other content none of them survives, and one error names them all.
 */
export class UniqueProducts {
  private readonly duplicates: Duplicates;
  /** Keys of products that were taken back or never told. */
  private readonly gone = new Set<string>();

  constructor(
    private readonly files: SourceFile[],
    /** The key's name in this feed, for the report: `ItemNumber`. */
    private readonly keyName: string,
    keys = new KeyTable(),
  ) {
    this.duplicates = new Duplicates(files, keys);
  }

  /** What the product clashes with; null when it is the first of its key and UPCs. */
  clashOf(product: FeedProduct, stretch: Stretch): Clash | null {
    const met = this.duplicates.meetKey(product.key, stretch);
    if (typeof met !== "number") return { what: this.keyName, value: product.key, first: met };
    for (const { type, code } of product.codes) {
      if (type !== "upc") continue;
      const value = toGtin14(code) ?? normalizeCode(code);
      const other = this.duplicates.meetCode("UPC", value, met);
      if (other) return { what: "UPC", value, first: other };
    }
    return null;
  }

  settle(clash: Clash, product: FeedProduct, stretch: Stretch): FeedRecord[] {
    const { what, value, first } = clash;
    const file = this.files[stretch.fileIndex];
    if (file && what === this.keyName && this.duplicates.isSameText(first, stretch)) {
      const raw = readRaw(file, stretch.offset, stretch.bytes);
      const place = { file: this.duplicates.nameOf(first), line: first.line };
      return [repeatedRow(file, { line: stretch.line, raw, rows: stretch.rows[file.name] }, place, product.key)];
    }
    this.duplicates.addConflict(what, value, first, stretch);
    if (product.key !== first.owner) this.gone.add(product.key);
    if (this.gone.has(first.owner)) return [];
    this.gone.add(first.owner);
    return [{ record: "retract", key: first.owner }];
  }

  /** The errors, once everything is read. */
  end() {
    return this.duplicates.rejections();
  }
}
