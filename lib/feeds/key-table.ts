import { createHash } from "node:crypto";

/** Bytes of keys kept in one piece. */
const CHUNK_BYTES = 2 ** 20;
/** A longer key is kept as its SHA-256, in characters. */
const LONGEST_KEY = 1_000;
/** Begins a key that is not plain ASCII: no plain one holds it. */
const WIDE = 0xff;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Numbers texts in the order of their first coming: 0, 1, 2 … A million keys take some 25 MB outside of the heap, a
 * sixth of what a Map takes.
 */
export class KeyTable {
  /** By hash: the number of a key plus one; 0 is free. */
  #slots = new Int32Array(1_024);
  /** Where each key begins, all chunks being counted as one. */
  readonly #starts = new NumberList(Uint32Array);
  readonly #lengths = new NumberList(Uint16Array);
  readonly #chunks: Buffer[] = [Buffer.allocUnsafe(CHUNK_BYTES)];
  #used = 0;
  /** The texts of keys that are kept as their hash. */
  readonly #long = new Map<number, string>();
  readonly #sought = Buffer.alloc(1 + 2 * LONGEST_KEY);
  #soughtLength = 0;

  get size() {
    return this.#starts.length;
  }

  /** The key's number; undefined for one that was never put. */
  numberOf(key: string): number | undefined {
    this.#seek(key);
    const found = this.#slots[this.#slotOf(this.#hash())] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** The key's number; a new key's is the table's size before. */
  put(key: string): number {
    this.#seek(key);
    const slot = this.#slotOf(this.#hash());
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return found - 1;
    const number = this.size;
    this.#slots[slot] = number + 1;
    this.#store();
    if (key.length > LONGEST_KEY) this.#long.set(number, key);
    if (4 * this.size > 3 * this.#slots.length) this.#grow();
    return number;
  }

  /** The key of a number that `put` gave. */
  keyOf(number: number): string {
    const long = this.#long.get(number);
    if (long !== undefined) return long;
    const length = this.#recall(number);
    const isWide = this.#sought[0] === WIDE;
    return isWide ? this.#sought.toString("utf16le", 1, length) : this.#sought.toString("latin1", 0, length);
  }

  /** Writes the key as it is compared. */
  #seek(key: string) {
    const text = key.length > LONGEST_KEY ? `\u0100${createHash("sha256").update(key, "utf16le").digest("hex")}` : key;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) {
        this.#sought[0] = WIDE;
        this.#soughtLength = 1 + this.#sought.write(text, 1, "utf16le");
        return;
      }
      this.#sought[at] = code;
    }
    this.#soughtLength = text.length;
  }

  #hash() {
    let hash = FNV_OFFSET;
    for (let at = 0; at < this.#soughtLength; at++) hash = Math.imul(hash ^ (this.#sought[at] ?? 0), FNV_PRIME);
    return hash ^ (hash >>> 15);
  }

  /** The slot of the sought key, or the free one where it belongs. */
  #slotOf(hash: number) {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0 || this.#isSought(found - 1)) return slot;
    }
  }

  #isSought(number: number) {
    const length = this.#lengths.at(number);
    if (length !== this.#soughtLength) return false;
    const start = this.#starts.at(number);
    const chunk = this.#chunks[Math.floor(start / CHUNK_BYTES)];
    const offset = start % CHUNK_BYTES;
    for (let at = 0; at < length; at++) if (chunk?.[offset + at] !== this.#sought[at]) return false;
    return true;
  }

  #store() {
    if (this.#used + this.#soughtLength > CHUNK_BYTES) {
      this.#chunks.push(Buffer.allocUnsafe(CHUNK_BYTES));
      this.#used = 0;
    }
    const last = this.#chunks.length - 1;
    const chunk = this.#chunks[last];
    // Keys are short: byte by byte is quicker than a view of them.
    if (chunk) for (let at = 0; at < this.#soughtLength; at++) chunk[this.#used + at] = this.#sought[at] ?? 0;
    this.#starts.push(last * CHUNK_BYTES + this.#used);
    this.#lengths.push(this.#soughtLength);
    this.#used += this.#soughtLength;
  }

  #grow() {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.size; number++) {
      this.#recall(number);
      this.#slots[this.#freeSlotOf(this.#hash())] = number + 1;
    }
  }

  /** Makes a stored key the sought one; answers with its length in bytes. */
  #recall(number: number) {
    const start = this.#starts.at(number);
    this.#soughtLength = this.#lengths.at(number);
    const from = start % CHUNK_BYTES;
    const chunk = this.#chunks[Math.floor(start / CHUNK_BYTES)];
    if (chunk) for (let at = 0; at < this.#soughtLength; at++) this.#sought[at] = chunk[from + at] ?? 0;
    return this.#soughtLength;
  }

  #freeSlotOf(hash: number) {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while ((this.#slots[slot] ?? 0) !== 0) slot = (slot + 1) & mask;
    return slot;
  }
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Numbers of one size, outside of the heap. */
export class NumberList<Kept extends Numbers> {
  length = 0;
  #kept: Kept;

  constructor(private readonly kind: new (length: number) => Kept) {
    this.#kept = new kind(1_024);
  }

  push(value: number) {
    if (this.length === this.#kept.length) {
      const grown = new this.kind(Math.ceil(1.5 * this.length));
      grown.set(this.#kept);
      this.#kept = grown;
    }
    this.#kept[this.length++] = value;
  }

  at(index: number): number {
    return this.#kept[index] ?? 0;
  }

  /** Numbers left out before it are 0. */
  set(index: number, value: number) {
    while (this.length <= index) this.push(0);
    this.#kept[index] = value;
  }
}
