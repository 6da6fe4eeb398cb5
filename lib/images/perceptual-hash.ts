/** Width and height in pixels of the grey miniature that a hash is made of. */
export const MINIATURE = { width: 9, height: 8 } as const;

/** Up to so many differing bits two pictures look alike. */
export const ALIKE_BITS = 6;
/** So few or so many bits set tell of a plain surface, which looks like any other. */
const PLAIN_BITS = 4;

/**
 * The difference hash of a picture (N. Krawetz, "Kind of like that", 2013): of each two neighbours in a grey miniature
 * of 9 × 8 pixels, whether the left one is the brighter. 64 bits as 16 hex digits; near ones look alike.
 */
export function perceptualHash(grey: Uint8Array): string {
  let hex = "";
  for (let row = 0; row < MINIATURE.height; row++) {
    let byte = 0;
    for (let column = 0; column < MINIATURE.width - 1; column++) {
      const at = row * MINIATURE.width + column;
      byte = (byte << 1) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1 : 0);
    }
    hex += byte.toString(16).padStart(2, "0");
  }
  return hex;
}

/** A hash as two unsigned numbers of 32 bits. */
export function hashWords(hash: string): [number, number] {
  return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8, 16), 16)];
}

/** Bits in which two numbers of 32 bits differ. */
export function differingBits(a: number, b: number): number {
  let x = a ^ b;
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** 0 for equal hashes, 64 for opposite ones. */
export function hashDistance(a: string, b: string): number {
  const [high, low] = hashWords(a);
  const [otherHigh, otherLow] = hashWords(b);
  return differingBits(high, otherHigh) + differingBits(low, otherLow);
}

/** Whether a hash tells of a plain surface. */
export function isPlain(hash: string): boolean {
  const bits = hashDistance(hash, "0".repeat(16));
  return bits < PLAIN_BITS || bits > 64 - PLAIN_BITS;
}
