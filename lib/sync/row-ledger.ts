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
  /** By the products' numbers bucket and rows packed into one, 0 for one not seen: a million must fit in memory. */
  readonly #packed = new NumberList(Uint32Array);
  readonly #unreadable = new Set<string>();
  readonly #keys: KeyTable;
  #isUnsure = false;

  constructor(keys = new KeyTable()) {
    this.#keys = keys;
  }

  count(bucket: Bucket, rows: RowCounts) {
    for (const file in rows) this.#file(file)[bucket] += rows[file] ?? 0;
  }

  countProduct(product: FeedProduct, bucket: Bucket) {
    this.count(bucket, product.rows);
    this.#set(product.key, BUCKETS.indexOf(bucket) + BUCKETS.length * (product.rows[product.at.file] ?? 0));
  }

  /** A key that stands in the feed but was refused is not missing. */
  markSeen(key: string) {
    if (this.#packedOf(key) === null) this.#set(key, BUCKETS.indexOf("rejected"));
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
    return this.#packedOf(key) !== null || (this.#unreadable.size > 0 && this.#unreadable.has(key.toLowerCase()));
  }

  bucketOf(key: string): Bucket | undefined {
    const packed = this.#packedOf(key);
    return packed === null ? undefined : BUCKETS[packed % BUCKETS.length];
  }

  /** Moves a product's rows from where they were to the rejected ones. */
  retract(key: string, file: string) {
    const packed = this.#packedOf(key);
    const bucket = this.bucketOf(key);
    if (packed === null || !bucket) return;
    const rows = Math.floor(packed / BUCKETS.length);
    this.#file(file)[bucket] -= rows;
    this.#file(file).rejected += rows;
    this.#set(key, BUCKETS.indexOf("rejected"));
  }

  countsOf(file: FeedFileRead) {
    return this.#file(file.name);
  }

  #set(key: string, packed: number) {
    this.#packed.set(this.#keys.put(key), packed + 1);
  }

  /** Null for a key that was not counted. */
  #packedOf(key: string): number | null {
    const number = this.#keys.numberOf(key);
    const packed = number === undefined ? 0 : this.#packed.at(number);
    return packed === 0 ? null : packed - 1;
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
