import { formatCount } from "@/lib/format";

/** What a person types before many products are archived, or any deleted for good. */
export interface TypedConfirmation {
  deed: "archive" | "delete";
  products: number;
  /** `ARCHIVE 1,234`, `DELETE 12` */
  words: string;
}

/** What is to be typed for a run that waits for this reason; null where it waits for another one, or none. */
export function typedConfirmation(reason: string | null): TypedConfirmation | null {
  const [, verb, count] = /^(Archives|Deletes) ([\d,]+) products?\b/.exec(reason ?? "") ?? [];
  if (verb === undefined || count === undefined) return null;
  const deed = verb === "Archives" ? "archive" : "delete";
  const products = Number(count.replaceAll(",", ""));
  return { deed, products, words: `${deed.toUpperCase()} ${formatCount(products)}` };
}

/** Whether what was typed is the confirmation: case and the comma are no matter. */
export function isConfirmed({ words }: TypedConfirmation, typed: string | undefined): boolean {
  const plain = (text: string) => text.trim().toUpperCase().replaceAll(",", "").replace(/\s+/g, " ");
  return plain(typed ?? "") === plain(words);
}
