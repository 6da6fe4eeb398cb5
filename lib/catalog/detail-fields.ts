import type { ProductField } from "./product-fields";

/** Columns that are read of a page's products alone: the field behind each. */
export const DETAIL_FIELDS = {
  shortDescription: "shortDescription",
  description: "description",
  weight: "weightGrams",
  length: "lengthMm",
  width: "widthMm",
  height: "heightMm",
  seoTitle: "seoTitle",
  seoDescription: "seoDescription",
} as const satisfies Record<string, ProductField>;

export type DetailColumnId = keyof typeof DETAIL_FIELDS;

export function isDetailColumn(id: string): id is DetailColumnId {
  return Object.hasOwn(DETAIL_FIELDS, id);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };
/** More of a text no row shows. */
const SHOWN = 240;

/** The beginning of a supplier's text in one line, its tags left out. */
export function firstWords(text: string): string {
  const plain = text
    .slice(0, 4_000)
    .replace(/<\/?[a-z!][^>]*>/gi, " ")
    .replace(/&(#39|[a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN - 1)}…` : plain;
}
