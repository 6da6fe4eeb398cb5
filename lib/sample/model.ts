import type { BrandName } from "./brands";
import type { Shape } from "./pictures/shapes";

/** One sort of thing a shop sells: a leaf of the tree with everything its products are made from. */
export interface ProductKind {
  /** Category names from the top, joined by " > ". */
  path: string;
  shape: Shape;
  noun: string;
  /** One is chosen per family and stands before the noun. */
  styles: readonly string[];
  brands: readonly BrandName[];
  /** Dollars for one piece: the cheapest and the dearest family. */
  price: readonly [number, number];
  /** A family comes in each of them. */
  colours?: readonly string[];
  /** Where the colour is only the packaging's: one is chosen per family and seen in the picture alone. */
  wrappers?: readonly string[];
  /** A second axis of variants; each step costs `sizeStep` (a share, 0.12 unless told) more than the one before. */
  sizes?: { attribute: string; values: readonly string[] };
  sizeStep?: number;
  /** Pieces in one sales unit; a family comes in each of them. */
  packs?: readonly number[];
  /** What the pieces come in: "Pack" unless told. */
  packedIn?: string;
  /** Attributes of a family: one of the values each. A number becomes a number, Yes or No a boolean. */
  facts: Readonly<Record<string, readonly (string | number)[]>>;
  /** What a style fixes: these stand instead of the kind's own facts. */
  styleFacts?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /**
   * Sentences of the description. `{brand}`, `{series}`, `{style}`, `{colour}`, `{size}`, `{pack}` and the names of
   * facts in braces are filled in.
   */
  text: readonly [string, ...string[]];
}

export interface SampleCategory {
  id: number;
  /** The root's for a department. */
  parentId: number;
  name: string;
  /** 1 for a department. */
  level: number;
  order: number;
  /** Names from the top, joined by " > ". */
  path: string;
}

export interface SampleProduct {
  id: number;
  /** Position of its kind in `PRODUCT_KINDS`. */
  kind: number;
  brand: BrandName;
  series: string;
  title: string;
  subtitle: string;
  description: string;
  mpn: string;
  /** The supplier's stock number. */
  sku: string;
  /** Digits as the content feed writes them: EAN-13, a UPC-A with a zero before it. The first is the piece's own. */
  upcs: string[];
  /** Null: the feed gives none. */
  categoryId: number | null;
  colour: string;
  attributes: Map<string, string>;
  priceCents: number;
  quantity: number;
  /** Null: the ERP doesn't know the product. */
  erpNumber: string | null;
  hasPicture: boolean;
}

/** ERP items that the content feed doesn't know. */
export interface ErpItem {
  number: string;
  partNumber: string;
  description: string;
  /** As written in the file. */
  price: string;
  upc: string;
  quantity: number;
}
