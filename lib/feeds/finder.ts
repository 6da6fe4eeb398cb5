/** Behind every position. */
export const NOT_FOUND = Number.POSITIVE_INFINITY;

/** Finds a character from ascending positions without searching the same stretch twice. */
export class Finder {
  private text = "";
  private wanted = "";
  private found = -1;
  private searchedFrom = 0;

  reset(text: string, wanted: string) {
    this.text = text;
    this.wanted = wanted;
    this.found = -1;
    this.searchedFrom = 0;
  }

  /** The first place of the character at or behind `position`. */
  from(position: number): number {
    if (this.found < position || position < this.searchedFrom) {
      const found = this.text.indexOf(this.wanted, position);
      this.found = found === -1 ? NOT_FOUND : found;
      this.searchedFrom = position;
    }
    return this.found;
  }

  countIn(text: string): number {
    let count = 0;
    for (let at = text.indexOf(this.wanted); at !== -1; at = text.indexOf(this.wanted, at + 1)) count++;
    return count;
  }
}
