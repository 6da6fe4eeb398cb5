import { PRODUCT_KINDS } from "./product-kinds";

const FIRST_ATTRIBUTE_ID = 3_200_000;
const COMMON = ["Product Type", "Product Line", "Style", "Color", "Pack Quantity", "Country of Origin"];

/** The feed's number of every attribute, the same whatever the seed. */
export const ATTRIBUTE_IDS: ReadonlyMap<string, number> = new Map(
  [
    ...new Set([
      ...COMMON,
      ...PRODUCT_KINDS.flatMap(({ facts, sizes }) => [...Object.keys(facts), ...(sizes ? [sizes.attribute] : [])]),
    ]),
  ]
    .sort()
    .map((name, index) => [name, FIRST_ATTRIBUTE_ID + index]),
);

/** Throws for a name that no kind has. */
export function attributeId(name: string) {
  const id = ATTRIBUTE_IDS.get(name);
  if (id === undefined) throw new RangeError(`No attribute "${name}"`);
  return id;
}
