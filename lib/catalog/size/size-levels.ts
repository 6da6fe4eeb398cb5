export type SizeLevel = "green" | "amber" | "red";

interface Limits {
  label: string;
  /** From here on somebody should look at it, and from `red` do something. */
  amber: number;
  red: number;
  /** What is felt there, and what to do. */
  advice: string;
}

/**
 * Up to which sizes lists, search and imports are measured (npm run bench), and what to do beyond them. The limits of a
 * single product are Shopify's: 200 metafields it takes well, 250 pictures it takes at all.
 */
export const SIZE_LIMITS = {
  products: {
    label: "Products",
    amber: 1_000_000,
    red: 2_000_000,
    advice: "Lists and search are measured up to a million. Archive what is no longer sold, and use PostgreSQL.",
  },
  archived: {
    label: "Archived products",
    amber: 500_000,
    red: 1_000_000,
    advice: "They are kept, and stand in every index. Use PostgreSQL beyond this.",
  },
  definitions: {
    label: "Metafield definitions",
    amber: 5_000,
    red: 20_000,
    advice: "Nobody finds one among so many. Map columns that mean the same to one metafield.",
  },
  metafields: {
    label: "Metafields of all products",
    amber: 20_000_000,
    red: 50_000_000,
    advice: "Filters by metafields slow down. Leave out columns that nobody reads in the feed's mapping.",
  },
  metafieldsOfOne: {
    label: "Metafields of one product, the most",
    amber: 200,
    red: 1_000,
    advice: "Its page is long, and Shopify takes it slowly. See whether a feed writes one metafield for each value.",
  },
  categories: {
    label: "Categories",
    amber: 50_000,
    red: 100_000,
    advice: "The tree is measured up to 100,000. Merge categories that hold next to nothing.",
  },
  depth: {
    label: "Levels of the tree",
    amber: 8,
    red: 12,
    advice: "Nobody goes down so far. Move deep branches up.",
  },
  children: {
    label: "Sub-categories of one category, the most",
    amber: 200,
    red: 1_000,
    advice: "One level of the tree is a long list then. Put a level between.",
  },
  categoryProducts: {
    label: "Products directly in one category, the most",
    amber: 20_000,
    red: 100_000,
    advice: "Nobody looks through so many. Divide the category.",
  },
  uncategorised: {
    label: "Products without a category",
    amber: 1,
    red: 1_000,
    advice: "Nobody finds them by the tree. Give them a category in the Uncategorised queue.",
  },
  images: {
    label: "Pictures",
    amber: 5_000_000,
    red: 10_000_000,
    advice: "Their files need their own disk and backup. Remove near-duplicates by the report of pictures.",
  },
  imagesOfOne: {
    label: "Pictures of one product, the most",
    amber: 50,
    red: 250,
    advice: "Shopify takes at most 250. Remove those that show the same.",
  },
  imageBytes: {
    label: "Size of the pictures' files",
    amber: 100 * 10 ** 9,
    red: 500 * 10 ** 9,
    advice: "See that the disk and the backup have room for them.",
  },
  databaseBytes: {
    label: "Size of the database",
    amber: 20 * 10 ** 9,
    red: 50 * 10 ** 9,
    advice: "Shorten how long sync history is kept, or compact the database (Syncs, Storage).",
  },
} as const satisfies Record<string, Limits>;
export type SizeMeasure = keyof typeof SIZE_LIMITS;

export function sizeLevel(measure: SizeMeasure, figure: number): SizeLevel {
  const { amber, red } = SIZE_LIMITS[measure];
  if (figure >= red) return "red";
  return figure >= amber ? "amber" : "green";
}
