import { formatCount, formatPlural } from "@/lib/format";

/** Products from which on archiving them at once is confirmed by typing. */
export const TYPED_FROM = 50;

/** What a person types before many products are archived: `ARCHIVE 1,234`. */
export function archiveConfirmation(products: number): string {
  return `ARCHIVE ${formatCount(products)}`;
}

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

/** How many products a run archives, as the reason says for which it waits; null where it waits for another one, or none. */
export function archivedBy(reason: string | null): number | null {
  const [, count] = /^Archives ([\d,]+) products?: /.exec(reason ?? "") ?? [];
  return count === undefined ? null : Number(count.replaceAll(",", ""));
}

/** Whether what was typed is the confirmation: case and the comma are no matter. */
export function isConfirmed(products: number, typed: string | undefined): boolean {
  const plain = (text: string) => text.trim().toUpperCase().replaceAll(",", "").replace(/\s+/g, " ");
  return plain(typed ?? "") === plain(archiveConfirmation(products));
}
