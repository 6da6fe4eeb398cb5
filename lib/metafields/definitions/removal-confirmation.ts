import { formatCount } from "@/lib/format";

/** Values from which on their removal is confirmed by typing. */
export const TYPED_FROM = 50;

/** What a person types before many values are removed: `remove 1,234 values`. */
export function removalConfirmation(values: number): string {
  return `remove ${formatCount(values)} values`;
}

/** Whether what was typed is the confirmation: case, spaces and the comma are no matter. */
export function isRemovalConfirmed(values: number, typed: string | undefined): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replaceAll(",", "").replace(/\s+/g, " ");
  return plain(typed ?? "") === plain(removalConfirmation(values));
}
