import type { SampleProduct } from "./model";
import type { SampleDay } from "./sample-days";

/** What a reader has to say about the second day's files. Lines are physical, from 1. */
export interface ExpectedRejection {
  file: string;
  line: number;
  severity: "error" | "warning";
  what:
    | "cut row"
    | "id is not a number"
    | "category does not exist"
    | "identical repeat"
    | "stray quote"
    | "price is zero"
    | "price is not a number"
    | "same number twice, different content";
  /** The source's own key, where the row has one. */
  key?: string;
}

/** Rows that stand in EN_US_B_product.csv after the product of that id, and what each of them is. */
export interface BrokenProductRows {
  afterId: number;
  rows: { what: ExpectedRejection["what"]; text: string; key?: string }[];
}

/** Null on the first day, which is clean. `rowOf` writes a product as the file does, so that the repeat is exact. */
export function brokenProductRows(
  { day, date, products }: SampleDay,
  rowOf: (product: SampleProduct) => string,
): BrokenProductRows | null {
  const middle = products[Math.floor(products.length / 2)];
  if (day === 1 || !middle) return null;
  const times = `"${date} 00:00:00","${date} 00:00:00","${date} 00:00:00"`;
  return {
    afterId: middle.id,
    rows: [
      { what: "cut row", text: `11990001,3,1,"50412-BL"\r\n`, key: "11990001" },
      { what: "id is not a number", text: `1199000Z,3,1,"50413-RE",10005,0,0.0,${times}\r\n` },
      { what: "category does not exist", text: `11990003,7,1,"50414-GR",19999,0,0.0,${times}\r\n`, key: "11990003" },
      { what: "identical repeat", text: rowOf(middle), key: String(middle.id) },
      { what: "stray quote", text: `11990005,7,1,"Shears 8" Left",10051,0,0.0,${times}\r\n`, key: "11990005" },
    ],
  };
}

/** ERP numbers whose rows are spoilt on the second day. */
export interface BrokenErpItems {
  zeroPrice: string;
  priceNotNumber: string;
  twice: string;
}

export function brokenErpItems({ day, products, changes }: SampleDay): BrokenErpItems | null {
  if (day === 1 || !changes) return null;
  const touched = new Set([
    ...changes.priceChanged.map(({ id }) => id),
    ...changes.stockChanged.map(({ id }) => id),
    ...changes.added,
  ]);
  const untouched = products.flatMap(({ id, erpNumber }) =>
    erpNumber !== null && !touched.has(id) ? [erpNumber] : [],
  );
  const at = (share: number) => untouched[Math.floor(untouched.length * share)] ?? "";
  return { zeroPrice: at(0.25), priceNotNumber: at(0.5), twice: at(0.75) };
}
