import type { FeedFileRead, FeedRejection, Place } from "@/lib/feeds/feed-record";

/** What a row is refused for when the file ends within it. */
const CUT = new Set(["cut_row", "unclosed_quote"]);

/** Tells whether a file was cut: its last row is broken off and no line end follows. */
export class FileEnds {
  /** The furthest line of each file that anything stands on, and the furthest row broken off. */
  readonly #reached = new Map<string, number>();
  readonly #cutAt = new Map<string, number>();

  reach({ file, line }: Place) {
    if (line > (this.#reached.get(file) ?? 0)) this.#reached.set(file, line);
  }

  refuse({ at, code }: FeedRejection) {
    this.reach(at);
    if (CUT.has(code) && at.line > (this.#cutAt.get(at.file) ?? 0)) this.#cutAt.set(at.file, at.line);
  }

  cutFiles(files: FeedFileRead[]): string[] {
    const isCut = ({ name, isEnded }: FeedFileRead) => {
      const cutAt = this.#cutAt.get(name);
      return isEnded === false && cutAt !== undefined && cutAt >= (this.#reached.get(name) ?? 0);
    };
    return files.filter(isCut).map((file) => file.name);
  }

  /** Whether each file that has rows ended its last line. */
  ends(files: FeedFileRead[]): Record<string, boolean> {
    const told = files.filter((file) => file.isEnded !== undefined && file.rowsRead > 0);
    return Object.fromEntries(told.map((file) => [file.name, file.isEnded === true]));
  }
}
