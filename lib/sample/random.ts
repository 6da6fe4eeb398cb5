export interface Random {
  /** 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

/** FNV-1a over the UTF-16 units: turns any words into a seed of 32 bits. */
export function seedFrom(...words: (string | number)[]) {
  let hash = 0x811c9dc5;
  for (const unit of words.join("\u0000")) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Mulberry32. The sample must be the same on every machine and in every year, which Math.random can't be. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function int(low: number, high: number) {
    return low + Math.floor(next() * (high - low + 1));
  }
  function pick<T>(list: readonly T[]) {
    const index = int(0, list.length - 1);
    if (index >= list.length || index < 0) throw new RangeError("Nothing to pick from an empty list");
    return list[index] as T; // the index was just checked; T itself may include undefined
  }
  function shuffle<T>(list: readonly T[]) {
    const keyed = list.map((item) => ({ item, at: next() }));
    return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
  }
  return { next, int, pick, shuffle, chance: (probability) => next() < probability };
}
