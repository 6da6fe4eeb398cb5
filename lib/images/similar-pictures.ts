import { ALIKE_BITS, differingBits, hashDistance, hashWords, isPlain } from "./perceptual-hash";

/** Pictures that look alike, the first one the oldest. */
export interface LookAlikes {
  ids: number[];
  /** Bits in which the farthest differs from the first: 0 looks the same. */
  distance: number;
}

/** Hashes are cut into so many pieces: of two within 6 bits, some piece differs in one bit at most. */
const PIECES = 4;
const PIECE_BITS = 16;

/** Between how many pieces others get a turn. */
const TURN = 512;

/**
 * Groups pictures whose hashes differ in at most 6 of 64 bits, each to some other of its group. Every pair is found:
 * candidates share a piece of the hash but for one bit (multi-index hashing: Norouzi, Punjani, Fleet 2014).
 * Plain surfaces are left out. `pause` is called now and then with the share that is done, from 0 to 1.
 */
export async function groupLookAlikes(
  pictures: readonly { id: number; hash: string }[],
  pause: (done: number) => Promise<void>,
): Promise<LookAlikes[]> {
  const byHash = new Map<string, number[]>();
  for (const { id, hash } of pictures) {
    const same = byHash.get(hash);
    if (same) same.push(id);
    else byHash.set(hash, [id]);
  }
  const hashes = [...byHash.keys()].filter((hash) => !isPlain(hash));
  const words = hashes.map(hashWords);
  const groups = await joinNear(
    Uint32Array.from(words, ([high]) => high),
    Uint32Array.from(words, ([, low]) => low),
    pause,
  );
  const found: LookAlikes[] = [];
  for (const members of groups) {
    const ids = members.flatMap((at) => byHash.get(hashes[at] ?? "") ?? []).toSorted((a, b) => a - b);
    if (ids.length < 2) continue;
    const [first, ...others] = members.map((at) => hashes[at] ?? "");
    found.push({ ids, distance: Math.max(0, ...others.map((hash) => hashDistance(first ?? "", hash))) });
  }
  return found.toSorted(
    (a, b) => a.distance - b.distance || b.ids.length - a.ids.length || (a.ids[0] ?? 0) - (b.ids[0] ?? 0),
  );
}

/** Places of near hashes by group. */
async function joinNear(high: Uint32Array, low: Uint32Array, pause: (done: number) => Promise<void>) {
  const groups = new Groups(high.length);
  for (let piece = 0; piece < PIECES; piece++) {
    const buckets = new Buckets(high, low, piece);
    for (let bucket = 0; bucket < 2 ** PIECE_BITS; bucket++) {
      if (bucket % TURN === 0) await pause((piece + bucket / 2 ** PIECE_BITS) / PIECES);
      if (buckets.isEmpty(bucket)) continue;
      buckets.joinWithin(bucket, groups);
      for (let bit = 1; bit < 2 ** PIECE_BITS; bit <<= 1) {
        // Each pair of pieces once, from the smaller one.
        if ((bucket & bit) === 0) buckets.joinAcross(bucket, bucket | bit, groups);
      }
    }
  }
  return groups.all();
}

/** Hashes in the order of one of their pieces, copied there: those that are compared lie side by side. */
class Buckets {
  readonly #starts = new Uint32Array(2 ** PIECE_BITS + 1);
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #places: Uint32Array;

  constructor(high: Uint32Array, low: Uint32Array, piece: number) {
    const pieceOf = (at: number) => (((piece < 2 ? high[at] : low[at]) ?? 0) >>> (piece % 2 ? 0 : PIECE_BITS)) & 0xffff;
    const starts = this.#starts;
    for (let at = 0; at < high.length; at++) bump(starts, pieceOf(at) + 1);
    for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    const next = starts.slice();
    this.#high = new Uint32Array(high.length);
    this.#low = new Uint32Array(high.length);
    this.#places = new Uint32Array(high.length);
    for (let at = 0; at < high.length; at++) {
      const place = bump(next, pieceOf(at));
      this.#high[place] = high[at] ?? 0;
      this.#low[place] = low[at] ?? 0;
      this.#places[place] = at;
    }
  }

  isEmpty(bucket: number) {
    return this.#starts[bucket] === this.#starts[bucket + 1];
  }

  joinWithin(bucket: number, groups: Groups) {
    const end = this.#starts[bucket + 1] ?? 0;
    for (let at = this.#starts[bucket] ?? 0; at < end; at++) this.#joinNear(at, at + 1, end, groups);
  }

  joinAcross(bucket: number, other: number, groups: Groups) {
    const [from, end] = [this.#starts[other] ?? 0, this.#starts[other + 1] ?? 0];
    if (from === end) return;
    const last = this.#starts[bucket + 1] ?? 0;
    for (let at = this.#starts[bucket] ?? 0; at < last; at++) this.#joinNear(at, from, end, groups);
  }

  #joinNear(at: number, from: number, end: number, groups: Groups) {
    const [high, low] = [this.#high[at] ?? 0, this.#low[at] ?? 0];
    for (let other = from; other < end; other++) {
      const bits = differingBits(high, this.#high[other] ?? 0);
      if (bits > ALIKE_BITS || bits + differingBits(low, this.#low[other] ?? 0) > ALIKE_BITS) continue;
      groups.join(this.#places[at] ?? 0, this.#places[other] ?? 0);
    }
  }
}

/** Sets that grow together (union-find). */
class Groups {
  readonly #leaders: Uint32Array;

  constructor(count: number) {
    this.#leaders = Uint32Array.from({ length: count }, (_, at) => at);
  }

  join(a: number, b: number) {
    this.#leaders[this.#lead(b)] = this.#lead(a);
  }

  all(): number[][] {
    const groups = new Map<number, number[]>();
    for (let at = 0; at < this.#leaders.length; at++) {
      const leader = this.#lead(at);
      const group = groups.get(leader);
      if (group) group.push(at);
      else groups.set(leader, [at]);
    }
    return [...groups.values()];
  }

  #lead(at: number): number {
    let top = at;
    for (let next = this.#leaders[top]; next !== undefined && next !== top; next = this.#leaders[top]) top = next;
    this.#leaders[at] = top;
    return top;
  }
}

/** Counts one up; gives what it was. */
function bump(counts: Uint32Array, at: number): number {
  const was = counts[at] ?? 0;
  counts[at] = was + 1;
  return was;
}
