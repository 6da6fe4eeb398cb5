import type { FileHandle } from "node:fs/promises";

/** A file read from front to back, of which only what is not yet dealt with is held. */
export class FileWindow {
  /** What is held. */
  bytes: Buffer = Buffer.alloc(0);
  isAtEnd = false;
  /** Filled by turns: a parser may hold the end of the last one until it has the next, and a new one for each costs. */
  private readonly buffers: Buffer[] = [];
  private turn = 0;

  constructor(
    private readonly handle: FileHandle,
    /** The place of `bytes[0]` in the file. */
    public start: number,
    private readonly chunkBytes: number,
  ) {}

  /** Reads on; answers with what came, which is nothing at the end. */
  async grow(): Promise<Buffer> {
    const held = this.bytes.length;
    const buffer = this.nextBuffer(held + this.chunkBytes);
    this.bytes.copy(buffer);
    const { bytesRead } = await this.handle.read(buffer, held, this.chunkBytes, this.start + held);
    this.isAtEnd = bytesRead === 0;
    this.bytes = buffer.subarray(0, held + bytesRead);
    return buffer.subarray(held, held + bytesRead);
  }

  /** Lets go of what lies behind so many bytes: it is read again. */
  keep(count: number) {
    if (this.bytes.length <= count) return;
    this.bytes = this.bytes.subarray(0, count);
    this.isAtEnd = false;
  }

  drop(count: number) {
    this.bytes = this.bytes.subarray(count);
    this.start += count;
  }

  /** The one not in use; a larger one where it is too small. */
  private nextBuffer(length: number): Buffer {
    this.turn = 1 - this.turn;
    const free = this.buffers[this.turn];
    if (free && free.length >= length) return free;
    const larger = Buffer.allocUnsafe(2 * length);
    this.buffers[this.turn] = larger;
    return larger;
  }
}
