/** Exact arithmetic on decimals: no float ever stands between a price and its tenth. */
export interface Decimal {
  /** The value times 10 ^ scale. */
  units: bigint;
  scale: number;
}

/** Reads `-12.50`; null when it is no decimal. */
export function readDecimal(text: string): Decimal | null {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === "") return null;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: atScale(a, scale) + atScale(b, scale), scale };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** To so many digits behind the point, halves away from zero. */
export function roundDecimal(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: atScale(value, scale), scale };
  const divisor = 10n ** BigInt(value.scale - scale);
  const [size, sign] = value.units < 0n ? [-value.units, -1n] : [value.units, 1n];
  return { units: sign * ((size * 2n + divisor) / (divisor * 2n)), scale };
}

/** Without needless zeros: `12.5`. */
export function writeDecimal({ units, scale }: Decimal): string {
  const [size, sign] = units < 0n ? [-units, "-"] : [units, ""];
  const digits = String(size).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return size === 0n ? "0" : `${sign}${whole}${fraction && `.${fraction}`}`;
}

/** The nearest price, in cents, that ends so; of two as near the higher, and never one of nothing. */
export function toEnding(cents: number, ending: string): number {
  const tail = Number(ending.slice(1));
  const below = Math.floor((cents - tail) / 100) * 100 + tail;
  const above = below + 100;
  const nearest = cents - below < above - cents ? below : above;
  return nearest > 0 ? nearest : nearest + 100;
}

function atScale({ units, scale }: Decimal, wanted: number) {
  return units * 10n ** BigInt(wanted - scale);
}
