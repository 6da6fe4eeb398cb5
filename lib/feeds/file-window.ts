import type { FileHandle } from "node:fs/promises";

/** A file read from front to back, of which only what is not yet dealt with is held. */
export class FileWindow {
  /** What is held. */
  bytes: Buffer = Buffer.alloc(0);
  isAtEnd = false;

  constructor(
    private readonly handle: FileHandle,
    /** The place of `bytes[0]` in the file. */
    public start: number,
    private readonly chunkBytes: number,
  ) {}

  /** Reads on; answers with what came, which is nothing at the end. */
  async grow(): Promise<Buffer> {
    const chunk = Buffer.allocUnsafe(this.chunkBytes);
    const { bytesRead } = await this.handle.read(chunk, 0, chunk.length, this.start + this.bytes.length);
    this.isAtEnd = bytesRead === 0;
    const added = chunk.subarray(0, bytesRead);
    this.bytes = this.bytes.length === 0 ? added : Buffer.concat([this.bytes, added]);
    return added;
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
}
