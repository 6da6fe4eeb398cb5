import { readRaw } from "./csv";
import type { FeedRejection, RowCounts } from "./feed-record";
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

/**
 * Remembers keys and codes of a feed that is read as a stream, to find those that come twice. Per key it holds the
 * key's text and four numbers; a second one is compared with the bytes of the first, read again from the file.
 */
export class Duplicates {
  /** Per kind of code, its texts and where each stands in the lists below. */
  private readonly seen = new Map<string, Map<string, number>>();
  private readonly owners: string[] = [];
  private readonly fileIndexes: number[] = [];
  private readonly lines: number[] = [];
  private readonly offsets: number[] = [];
  private readonly bytes: number[] = [];
  private readonly conflicts = new Map<string, Conflict>();

  constructor(private readonly files: SourceFile[]) {}

  /** The stretch that carried this value first; null when it is new, and remembered. */
  meet(what: string, value: string, owner: string, stretch: Stretch) {
    let values = this.seen.get(what);
    if (!values) {
      values = new Map();
      this.seen.set(what, values);
    }
    const index = values.get(value);
    if (index !== undefined) return this.stretchAt(index);
    values.set(value, this.lines.length);
    this.owners.push(owner);
    this.fileIndexes.push(stretch.fileIndex);
    this.lines.push(stretch.line);
    this.offsets.push(stretch.offset);
    this.bytes.push(stretch.bytes);
    return null;
  }

  isSameText(first: { fileIndex: number; offset: number; bytes: number }, stretch: Stretch): boolean {
    return first.bytes === stretch.bytes && this.rawOf(first) === this.rawOf(stretch);
  }

  /** The value came again with other content: told once, at the end, with all places. */
  addConflict(what: string, value: string, stretch: Stretch) {
    const id = `${what}\0${value}`;
    const known = this.conflicts.get(id);
    if (known) {
      known.others.push(stretch);
      return;
    }
    const first = this.stretchAt(this.seen.get(what)?.get(value) ?? 0);
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

  private stretchAt(index: number) {
    return {
      owner: this.owners[index] ?? "",
      fileIndex: this.fileIndexes[index] ?? 0,
      line: this.lines[index] ?? 0,
      offset: this.offsets[index] ?? 0,
      bytes: this.bytes[index] ?? 0,
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
