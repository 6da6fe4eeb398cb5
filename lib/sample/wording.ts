const PROPER_NAMES = /^(?:Kelvaro|Ostrix|Bluetooth|Gregg|Pitman|VESA)/;

/** A value as it reads inside a sentence: "College Ruled" becomes "college ruled", "USB-C" and names stay. */
function inSentence(value: string) {
  if (PROPER_NAMES.test(value)) return value;
  if (/^\d{4,}$/.test(value)) return Number(value).toLocaleString("en-US");
  return value.replace(/(?<![\w&])[A-Z](?=[a-zé]+)/gu, (letter) => letter.toLowerCase());
}

/** Fills `{name}` from the values. Throws when a sentence asks for a value that isn't there: a slip in the tables. */
export function fillSentence(sentence: string, values: ReadonlyMap<string, string>) {
  const filled = sentence.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`No value for ${whole} in "${sentence}"`);
    return name === "brand" || name === "series" ? value : inSentence(value);
  });
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

/** How a size stands in a title: its number with the unit or the thing that the attribute's name speaks of. */
export function sizeInTitle(attribute: string, value: string) {
  const unit = /\(([^)]+)\)$/.exec(attribute)?.[1];
  if (unit) return `${value} ${unit}`;
  if (attribute.endsWith(" Count")) return `${value}-${attribute.slice(0, -" Count".length)}`;
  if (attribute === "Ply") return `${value}-Ply`;
  if (attribute === "Tissues per Box") return `${value} Tissues`;
  return value;
}

export function packInTitle(pieces: number, packedIn: string) {
  if (pieces === 1) return null;
  return pieces === 12 && packedIn === "Pack" ? "Dozen" : `${packedIn} of ${pieces.toLocaleString("en-US")}`;
}

/** Rounds to the endings that shops like: 2.49, 18.99, 249.00. */
export function shelfPriceCents(dollars: number) {
  if (dollars < 1) return Math.max(19, Math.round(dollars * 10) * 10 - 1);
  if (dollars < 20) return Math.round(dollars * 10) * 10 - 1;
  if (dollars < 100) return Math.round(dollars * 2) * 50 - 1;
  return Math.round(dollars) * 100 - 1;
}
