import { z } from "zod";

/** Where an icon came from. */
export const ORIGINS = {
  "built-in": "Built-in generator",
  endpoint: "Image endpoint",
  uploaded: "Uploaded",
  imported: "Imported store",
} as const;
export type IconOrigin = keyof typeof ORIGINS;

/** What the library shows of all there is. */
export const SHELVES = {
  all: "All",
  review: "To review",
  active: "Active",
  rejected: "Rejected",
  unassigned: "Unassigned",
  missing: "File missing",
} as const;
export type Shelf = keyof typeof SHELVES;

const words = z.string().trim().max(100).catch("");

/** The library's URL. `before` and `after` are icon ids, which are in the order of their making. */
const iconSearch = z.object({
  show: z.enum(Object.keys(SHELVES) as [Shelf, ...Shelf[]]).catch("all"),
  /** Of the prompt, the file's name, the category's or the model's. */
  q: words,
  /** A category; those below it count too. */
  category: z.uuid().optional().catch(undefined),
  origin: z
    .enum(Object.keys(ORIGINS) as [IconOrigin, ...IconOrigin[]])
    .optional()
    .catch(undefined),
  model: words,
  style: words,
  /** A batch's number. */
  batch: z.coerce.number().int().min(1).optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
export type IconSearch = z.output<typeof iconSearch>;

export function parseIconSearch(params: Record<string, unknown>): IconSearch {
  return iconSearch.parse(params);
}
