import { ALIKE_BITS, differingBits, hashWords } from "./perceptual-hash";

/** Pictures that look alike, the first one the oldest. */
export interface LookAlikes {
  ids: number[];
  /** Bits in which the farthest differs from the first: 0 looks the same. */
  distance: number;
}

/** Hashes are cut into so many pieces: of two within 6 bits, some piece differs in one bit at most. */
const PIECES = 4;
const PIECE_BITS = 16;
/** So few or so many bits set tell of a plain surface, which looks like any other. */
const PLAIN_BITS = 4;

/**
 * Groups pictures whose hashes differ in at most 6 of 64 bits, each to some other of its group. Every pair is found:
 * candidates share a piece of the hash but for one bit (multi-index hashing: Norouzi, Punjani, Fleet 2014).
 * Plain surfaces are left out.
 */
export function groupLookAlikes(pictures: readonly { id: number; hash: string }[]): LookAlikes[] {
  const byHash = new Map<string, number[]>();
  for (const { id, hash } of pictures) {
    const same = byHash.get(hash);
    if (same) same.push(id);
    else byHash.set(hash, [id]);
  }
  const hashes = [...byHash.keys()].filter((hash) => !isPlain(hash));
  const high = Uint32Array.from(hashes, (hash) => hashWords(hash)[0]);
  const low = Uint32Array.from(hashes, (hash) => hashWords(hash)[1]);
  const distanceOf = (a: number, b: number) =>
    differingBits(high[a] ?? 0, high[b] ?? 0) + differingBits(low[a] ?? 0, low[b] ?? 0);
  const groups = joinNear(high, low, distanceOf);
  const found: LookAlikes[] = [];
  for (const members of groups.values()) {
    const ids = members.flatMap((at) => byHash.get(hashes[at] ?? "") ?? []).toSorted((a, b) => a - b);
    const [first = 0] = members;
    if (ids.length > 1) found.push({ ids, distance: Math.max(...members.map((at) => distanceOf(first, at))) });
  }
  return found.toSorted(
    (a, b) => a.distance - b.distance || b.ids.length - a.ids.length || (a.ids[0] ?? 0) - (b.ids[0] ?? 0),
  );
}

function isPlain(hash: string) {
  const [high, low] = hashWords(hash);
  const bits = differingBits(high, 0) + differingBits(low, 0);
  return bits < PLAIN_BITS || bits > 64 - PLAIN_BITS;
}

/** Places of near hashes by group. */
function joinNear(high: Uint32Array, low: Uint32Array, distanceOf: (a: number, b: number) => number) {
  const leader = Uint32Array.from(high, (_, at) => at);
  const lead = (at: number): number => {
    let top = at;
    while (leader[top] !== top) top = leader[top] ?? top;
    leader[at] = top;
    return top;
  };
  for (let piece = 0; piece < PIECES; piece++) {
    const pieceOf = (at: number) => (((piece < 2 ? high[at] : low[at]) ?? 0) >>> (piece % 2 ? 0 : PIECE_BITS)) & 0xffff;
    const { starts, places } = bucketsOf(high.length, pieceOf);
    for (let at = 0; at < high.length; at++) {
      const own = pieceOf(at);
      for (let flip = -1; flip < PIECE_BITS; flip++) {
        const bucket = flip < 0 ? own : own ^ (1 << flip);
        for (let n = starts[bucket] ?? 0; n < (starts[bucket + 1] ?? 0); n++) {
          const other = places[n] ?? 0;
          if (other > at && distanceOf(at, other) <= ALIKE_BITS) leader[lead(other)] = lead(at);
        }
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (let at = 0; at < high.length; at++) {
    const top = lead(at);
    const group = groups.get(top);
    if (group) group.push(at);
    else groups.set(top, [at]);
  }
  return groups;
}

/** Places sorted by their piece: those of piece `p` are `places[starts[p]]` up to `starts[p + 1]`. */
function bucketsOf(count: number, pieceOf: (at: number) => number) {
  const starts = new Uint32Array(2 ** PIECE_BITS + 1);
  for (let at = 0; at < count; at++) bump(starts, pieceOf(at) + 1);
  for (let piece = 1; piece < starts.length; piece++) starts[piece] = (starts[piece] ?? 0) + (starts[piece - 1] ?? 0);
  const next = starts.slice();
  const places = new Uint32Array(count);
  for (let at = 0; at < count; at++) places[bump(next, pieceOf(at))] = at;
  return { starts, places };
}

/** Counts one up; gives what it was. */
function bump(counts: Uint32Array, at: number): number {
  const was = counts[at] ?? 0;
  counts[at] = was + 1;
  return was;
}
