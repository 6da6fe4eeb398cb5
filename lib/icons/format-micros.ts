/** Millionths of a currency as people write it, to a tenth of a cent where pictures cost less: `USD 0.016`. */
export function formatMicros(micros: number, currency: string): string {
  const digits = micros % 10_000 === 0 ? 2 : micros % 1_000 === 0 ? 3 : 6;
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    currencyDisplay: "code",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(micros / 1_000_000)
    .replace(/\u00a0/g, " ");
}
