const AMOUNT = /^\d{1,6}([.,]\d{1,6})?$/;

/** Millionths of a currency as one types them: `2.5`; null is nothing. */
export function amountText(micros: number | null): string {
  return micros === null ? "" : String(micros / 1_000_000);
}

/** What was typed, in millionths: null for nothing, undefined for what is no amount. A comma is a point, too. */
export function readAmount(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  return AMOUNT.test(typed) ? Math.round(Number(typed.replace(",", ".")) * 1_000_000) : undefined;
}
