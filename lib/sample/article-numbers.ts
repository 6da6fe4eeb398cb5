/** The digit that makes a GTIN valid: weights 3 and 1 from the right (GS1 General Specifications, 7.9). */
export function checkDigit(body: string) {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const weight = (body.length - index) % 2 === 1 ? 3 : 1;
    sum += Number(body[index]) * weight;
  }
  return (10 - (sum % 10)) % 10;
}

export function isValidGtin(code: string) {
  return /^(\d{8}|\d{12,14})$/.test(code) && checkDigit(code.slice(0, -1)) === Number(code.at(-1));
}

/**
 * A UPC-A in its 13-digit form. Number system 4 is free for any shop's own use, so no real article has the number.
 * `serial` up to 9,999,999,999.
 */
export function ownUpc(serial: number) {
  const body = `04${String(serial).padStart(10, "0")}`;
  return `${body}${checkDigit(body)}`;
}

/** An EAN-13 of the range 20 to 29, which GS1 leaves to shops for their own use. */
export function ownEan(serial: number) {
  const body = `21${String(serial).padStart(10, "0")}`;
  return `${body}${checkDigit(body)}`;
}
