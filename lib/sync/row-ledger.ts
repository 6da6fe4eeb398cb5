import "server-only";
import type { FeedFileRead, FeedProduct, RowCounts } from "@/lib/feeds/feed-record";
import { KeyTable, NumberList } from "@/lib/feeds/key-table";

/** Where a row of a file ended up: every row has exactly one of these. */
export type Bucket = "staged" | "unchanged" | "repeated" | "rejected";

const BUCKETS = ["staged", "unchanged", "repeated", "rejected"] as const satisfies readonly Bucket[];

/** Characters of an unreadable row, and cells of all of them, that are searched for keys. */
const UNREADABLE_LENGTH = 1_000_000;
const UNREADABLE_CELLS = 200_000;
const CELL_ENDS = /[",;|\t\r\n[\]\\]+/;

/** Counts a run's rows per file, so that they can be proven to add up. */
export class RowLedger {
  readonly #files = new Map<string, Record<Bucket, number>>();
  /** The products seen, and by their numbers bucket and rows packed into one: a million must fit in memory. */
  readonly #seen = new KeyTable();
  readonly #packed = new NumberList(Uint32Array);
  readonly #unreadable = new Set<string>();
  #isUnsure = false;

  count(bucket: Bucket, rows: RowCounts) {
    for (const file in rows) this.#file(file)[bucket] += rows[file] ?? 0;
  }

  countProduct(product: FeedProduct, bucket: Bucket) {
    this.count(bucket, product.rows);
    this.#set(product.key, BUCKETS.indexOf(bucket) + BUCKETS.length * (product.rows[product.at.file] ?? 0));
  }

  /** A key that stands in the feed but was refused is not missing. */
  markSeen(key: string) {
    if (this.#seen.numberOf(key) === undefined) this.#set(key, BUCKETS.indexOf("rejected"));
  }

  /** A refused row whose key could not be read: any of its cells may be the key of a product that is not missing then. */
  markUnreadable(raw: string) {
    for (const cell of raw.slice(0, UNREADABLE_LENGTH).split(CELL_ENDS)) {
      const text = cell.trim().toLowerCase();
      if (text !== "") this.#unreadable.add(text);
    }
    if (raw.length > UNREADABLE_LENGTH || this.#unreadable.size > UNREADABLE_CELLS) this.#isUnsure = true;
  }

  /** So much of the feed could not be read that nothing of it can be called missing. */
  get isUnsure() {
    return this.#isUnsure;
  }

  has(key: string) {
    return (
      this.#seen.numberOf(key) !== undefined || (this.#unreadable.size > 0 && this.#unreadable.has(key.toLowerCase()))
    );
  }

  bucketOf(key: string): Bucket | undefined {
    const number = this.#seen.numberOf(key);
    return number === undefined ? undefined : BUCKETS[this.#packed.at(number) % BUCKETS.length];
  }

  /** Moves a product's rows from where they were to the rejected ones. */
  retract(key: string, file: string) {
    const number = this.#seen.numberOf(key);
    const bucket = this.bucketOf(key);
    if (number === undefined || !bucket) return;
    const rows = Math.floor(this.#packed.at(number) / BUCKETS.length);
    this.#file(file)[bucket] -= rows;
    this.#file(file).rejected += rows;
    this.#set(key, BUCKETS.indexOf("rejected"));
  }

  countsOf(file: FeedFileRead) {
    return this.#file(file.name);
  }

  #set(key: string, packed: number) {
    const next = this.#packed.length;
    const number = this.#seen.put(key);
    if (number === next) this.#packed.push(packed);
    else this.#packed.set(number, packed);
  }

  #file(name: string) {
    let counts = this.#files.get(name);
    if (!counts) {
      counts = { staged: 0, unchanged: 0, repeated: 0, rejected: 0 };
      this.#files.set(name, counts);
    }
    return counts;
  }
}
