import { formatPlural } from "@/lib/format";

/** Products from which on archiving them at once is confirmed by typing. */
export const TYPED_FROM = 50;

/** Why an edit that archives many products waits: what it would take out of the catalogue. */
export function archiveReason({
  products,
  share,
  inShop,
}: {
  products: number;
  share: number;
  inShop: number;
}): string {
  const shop =
    inShop === 0 ? "None of them is in a shop." : `${formatPlural(inShop, "of them is", "of them are")} in a shop.`;
  return `Archives ${formatPlural(products, "product")}: ${share.toFixed(1)} % of the catalogue. ${shop} Undoing the run brings all of them back.`;
}
