import { z } from "zod";
import { isMetafieldId } from "@/lib/catalog/filter/condition";
import { COLUMN_IDS, MOST_COLUMNS } from "@/lib/catalog/product-search";

/** Products in one save that is carried out at once; more are a run. */
export const MOST_AT_ONCE = 500;
/** Products that one paste changes. */
const MOST_PRODUCTS = 10_000;
/** Cells that one paste changes. */
const MOST_CELLS = 50_000;
/** Products of which a sheet may archive in one go; more are planned and confirmed elsewhere. */
export const MOST_ARCHIVED = 49;

const stored = z.union([z.string().max(2_000_000), z.number(), z.null()]);

const columnId = z.union([z.enum(COLUMN_IDS), z.string().max(330).refine(isMetafieldId)]);

/** One cell as a person left it. */
const cellEdit = z.object({
  id: z.string().max(64),
  column: columnId,
  /** The stored value that the person saw when they began. */
  from: stored,
  typed: z.string().max(65_535, "Shorten this to 65,535 characters."),
});
export type CellEdit = z.output<typeof cellEdit>;

function productsOf(cells: { id: string }[]) {
  return new Set(cells.map((cell) => cell.id)).size;
}

export const saveCellsInput = z.object({
  cells: z
    .array(cellEdit)
    .min(1)
    .max(MOST_CELLS)
    .refine((cells) => productsOf(cells) <= MOST_AT_ONCE, `Save at most ${MOST_AT_ONCE} products at once.`),
});

export const sheetRunInput = z.object({
  cells: z
    .array(cellEdit)
    .min(1)
    .max(MOST_CELLS, "Paste at most 50,000 cells at once.")
    .refine((cells) => productsOf(cells) <= MOST_PRODUCTS, "Paste into at most 10,000 products at once."),
});

/** What became of one cell; in the order that they were sent. */
const cellOutcome = z.union([
  /** It holds this value now. */
  z.object({ outcome: z.literal("saved"), value: stored }),
  /** A run is to write it. */
  z.object({ outcome: z.literal("queued"), value: stored }),
  /** It can't hold what was typed; nothing of it was written. */
  z.object({ outcome: z.literal("invalid"), reason: z.string() }),
  /** Somebody else changed it meanwhile: their value stands. */
  z.object({ outcome: z.literal("conflict"), theirs: stored, mine: stored }),
]);
export type CellOutcome = z.output<typeof cellOutcome>;

export const sheetColumns = z.array(columnId).min(1).max(MOST_COLUMNS);
