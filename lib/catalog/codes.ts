/** Shorter codes name too many things: `12` is a line number, a pack size and somebody's part. */
const SHORTEST_CODE = 4;

const GTIN_LENGTHS = new Set([8, 12, 13, 14]);

/**
 * The one form in which codes are compared: upper case, letters and digits only, leading zeros kept.
 * `HEW-C2P24AN#140` and `hewc2p24an140` are one code, `0012345` and `12345` are two.
 */
export function normalizeCode(code: string): string {
  // Most codes are in that form already, and feeds ask a million times.
  if (/^[A-Z0-9]*$/.test(code)) return code;
  return code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Why a code can't be used to find a product; null when it can. */
export function codeRefusal(code: string): "code too short" | null {
  return normalizeCode(code).length < SHORTEST_CODE ? "code too short" : null;
}

/**
 * A UPC, EAN or GTIN as 14 digits (GS1 General Specifications, 3.3: shorter ones are filled with zeros on the left).
 * Null when it has another length or a wrong check digit.
 */
export function toGtin14(code: string): string | null {
  // Most come as digits alone, and feeds ask a million times. Dashes and blanks of any kind are how people group them.
  const digits = /^[0-9]*$/.test(code) ? code : code.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, "");
  if (!GTIN_LENGTHS.has(digits.length) || !/^[0-9]+$/.test(digits)) return null;
  const gtin = digits.padStart(14, "0");
  let sum = 0;
  for (let position = 0; position < 13; position++) sum += digitAt(gtin, position) * (position % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10 === digitAt(gtin, 13) ? gtin : null;
}

function digitAt(digits: string, position: number) {
  return digits.charCodeAt(position) - 48;
}

/** What makes two codes of a product the same one: the type and the GTIN-14, or the normalised code where it is none. */
export function codeIdentity(type: string, code: string): string {
  const gtin = type === "upc" ? toGtin14(code) : null;
  return `${type}\0${gtin ?? normalizeCode(code)}`;
}
