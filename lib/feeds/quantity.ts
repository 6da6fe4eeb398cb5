/** Pieces: `12`, `1,200`, `12.00`, `-3` where the ERP owes some. Undefined when it is no whole number. */
export function parseQuantity(text: string): number | undefined {
  if (!/^-?(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.0+)?$/.test(text)) return undefined;
  return Number(text.replaceAll(",", ""));
}
