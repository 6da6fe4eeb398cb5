import { open } from "node:fs/promises";
import { FeedError } from "./feed-error";
import type { SourceFile } from "./source-files";

/** One object of a JSON list, by its place; not yet parsed. */
export interface JsonElement {
  /** Physical line it begins on, from 1. */
  line: number;
  offset: number;
  bytes: number;
  text: string;
  /** The file ends within it. */
  isCut: boolean;
}

const CHUNK_BYTES = 2 ** 18;
/** Longest object taken in, in bytes. */
const LONGEST_ELEMENT = 2 ** 24;

/**
 * The objects of a file that is a JSON list, or one object after another (JSON Lines), one at a time: a broken one
 * costs itself alone, and each keeps its line.
 * @throws {FeedError} when what stands between the objects is no JSON list
 */
export async function* jsonElements(file: SourceFile, signal?: AbortSignal): AsyncGenerator<JsonElement> {
  const scan = new ElementScan(file);
  const handle = await open(file.path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = file.textStart; ; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) break;
      yield* scan.take(chunk.subarray(0, bytesRead), at);
      at += bytesRead;
    }
    yield* scan.end();
  } finally {
    await handle.close();
  }
}

const [QUOTE, BACKSLASH, LINE_FEED] = [0x22, 0x5c, 0x0a] as const;
/** What may stand between two objects: white space, commas, the list's own brackets. */
const BETWEEN = new Set([0x20, 0x09, 0x0d, 0x0a, 0x2c, 0x5b, 0x5d]);
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

class ElementScan {
  #line = 1;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #begin: { line: number; offset: number } | null = null;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(private readonly file: SourceFile) {}

  *take(chunk: Buffer, start: number): Generator<JsonElement> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === LINE_FEED) this.#line++;
      if (!this.#begin) {
        if (byte === 0x7b) {
          this.#begin = { line: this.#line, offset: start + at };
          this.#depth = 1;
          from = at;
        } else if (!BETWEEN.has(byte)) throw this.#notAList(byte);
        continue;
      }
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#isInText) {
        if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#isInText = false;
      } else if (byte === QUOTE) this.#isInText = true;
      else if (OPENING.has(byte)) this.#depth++;
      else if (CLOSING.has(byte) && --this.#depth === 0) {
        this.#keep(chunk.subarray(from, at + 1));
        yield this.#element(false);
      }
    }
    if (this.#begin) this.#keep(chunk.subarray(from));
  }

  *end(): Generator<JsonElement> {
    if (this.#begin) yield this.#element(true);
  }

  #keep(part: Buffer) {
    this.#bytes += part.length;
    if (this.#bytes > LONGEST_ELEMENT) {
      throw new FeedError(
        `${this.file.name}: the object on line ${this.#begin?.line} is longer than 16 MB. A closing brace or a quote is missing there.`,
      );
    }
    this.#parts.push(Buffer.from(part));
  }

  #element(isCut: boolean): JsonElement {
    const { line, offset } = this.#begin ?? { line: 1, offset: 0 };
    const text = this.file.decode(Buffer.concat(this.#parts).toString("latin1"));
    const element = { line, offset, bytes: this.#bytes, text, isCut };
    this.#begin = null;
    this.#parts = [];
    this.#bytes = 0;
    return element;
  }

  #notAList(byte: number) {
    return new FeedError(
      `${this.file.name}: line ${this.#line} holds "${String.fromCharCode(byte)}" where an object or the list's end should stand. Send a JSON list of categories.`,
    );
  }
}
