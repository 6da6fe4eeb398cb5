import { readRaw } from "./csv";
import type { FeedRejection, RowCounts } from "./feed-record";
import { KeyTable, NumberList } from "./key-table";
import type { SourceFile } from "./source-files";

/** A stretch of a file that one product was read from. */
export interface Stretch {
  fileIndex: number;
  line: number;
  offset: number;
  bytes: number;
  rows: RowCounts;
}

interface Conflict {
  what: string;
  value: string;
  first: { fileIndex: number; line: number; offset: number; bytes: number };
  others: Stretch[];
}

/** Where a key or a code stood first, and the key of the product. */
type First = Omit<Stretch, "rows"> & { owner: string };

/** The codes of one kind, numbered, and by those numbers whose they are. */
interface Codes {
  table: KeyTable;
  owners: NumberList<Uint32Array>;
}

/**
 * Remembers keys and codes of a feed that is read as a stream, to find those that come twice. Per product it holds the
 * texts and four numbers, outside of the heap; a second one is compared with the bytes of the first, read again from
 * the file.
 */
export class Duplicates {
  private readonly fileIndexes = new NumberList(Uint16Array);
  private readonly lines = new NumberList(Uint32Array);
  private readonly offsets = new NumberList(Float64Array);
  private readonly bytes = new NumberList(Uint32Array);
  private readonly codes = new Map<string, Codes>();
  private readonly conflicts = new Map<string, Conflict>();

  constructor(
    private readonly files: SourceFile[],
    private readonly keys: KeyTable,
  ) {}

  /** The stretch that carried this key first; the key's number when it is new, and remembered. */
  meetKey(key: string, stretch: Stretch): First | number {
    const number = this.keys.put(key);
    // Others number keys in the same table: one that was met here has a stretch, and none is empty.
    if (this.bytes.at(number) > 0) return this.stretchAt(number);
    this.fileIndexes.set(number, stretch.fileIndex);
    this.lines.set(number, stretch.line);
    this.offsets.set(number, stretch.offset);
    this.bytes.set(number, stretch.bytes);
    return number;
  }

  /** The stretch of the other product that carried this code first; null when it is new, and remembered for the key of that number. */
  meetCode(what: string, value: string, owner: number): First | null {
    let codes = this.codes.get(what);
    if (!codes) {
      codes = { table: new KeyTable(), owners: new NumberList(Uint32Array) };
      this.codes.set(what, codes);
    }
    const isNew = codes.table.size;
    const number = codes.table.put(value);
    if (number !== isNew) return codes.owners.at(number) === owner ? null : this.stretchAt(codes.owners.at(number));
    codes.owners.push(owner);
    return null;
  }

  isSameText(first: { fileIndex: number; offset: number; bytes: number }, stretch: Stretch): boolean {
    return first.bytes === stretch.bytes && this.rawOf(first) === this.rawOf(stretch);
  }

  /** The value came again with other content: told once, at the end, with all places. */
  addConflict(what: string, value: string, first: First, stretch: Stretch) {
    const id = `${what}\0${value}`;
    const known = this.conflicts.get(id);
    if (known) {
      known.others.push(stretch);
      return;
    }
    this.conflicts.set(id, { what, value, first, others: [stretch] });
  }

  /** One error per value that came with different content. The first of them was taken back, and counts by that. */
  *rejections(): Generator<FeedRejection> {
    for (const { what, value, first, others } of this.conflicts.values()) {
      const last = others[0] ?? first;
      const rows: RowCounts = {};
      const raws = [this.rawOf(first)];
      for (const other of others) {
        for (const [file, count] of Object.entries(other.rows)) rows[file] = (rows[file] ?? 0) + count;
        raws.push(this.rawOf(other));
      }
      yield {
        record: "rejection",
        severity: "error",
        at: { file: this.nameOf(last), line: last.line },
        column: what,
        code: what === "UPC" ? "duplicate_code" : "duplicate_key",
        reason: `${what} ${value} appears ${timesIn(others.length + 1)} with different content (rows ${[
          first,
          ...others,
        ]
          .map((place) => (place.fileIndex === last.fileIndex ? place.line : `${place.line} of ${this.nameOf(place)}`))
          .join(", ")}). None of them was taken: leave one.`,
        key: value,
        raw: raws.join("\n"),
        counted: { as: "rejected", rows },
      };
    }
  }

  nameOf({ fileIndex }: { fileIndex: number }): string {
    return this.files[fileIndex]?.name ?? "";
  }

  private stretchAt(number: number): First {
    return {
      owner: this.keys.keyOf(number),
      fileIndex: this.fileIndexes.at(number),
      line: this.lines.at(number),
      offset: this.offsets.at(number),
      bytes: this.bytes.at(number),
    };
  }

  private rawOf({ fileIndex, offset, bytes }: { fileIndex: number; offset: number; bytes: number }) {
    const file = this.files[fileIndex];
    return file ? readRaw(file, offset, bytes) : "";
  }
}

function timesIn(count: number) {
  return count === 2 ? "twice" : `${count} times`;
}
