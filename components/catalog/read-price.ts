/** Cents of a price as typed; undefined when nothing is typed, null when it is no price. */
export function readPrice(typed: FormDataEntryValue | null): number | undefined | null {
  const text = String(typed ?? "").trim();
  if (text === "") return undefined;
  return /^\d{1,7}([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(",", ".")) * 100) : null;
}
