import { z } from "zod";
import { listChildren, listLevels } from "@/lib/categories/list-children";
import { searchCategories } from "@/lib/categories/search-categories";
import { route } from "@/lib/route";

const query = z.object({
  parent: z.string().max(64).optional(),
  q: z.string().max(100).optional(),
  /** Ids of unfolded categories, joined by commas. */
  open: z.string().max(20_000).optional(),
});

/** One level of the tree, several at once with the top, or the categories that a name finds. */
export const GET = route({ grant: "catalog:read", query }, ({ actor, query: { parent, q, open } }) => {
  if (q) return searchCategories(actor, q);
  return open === undefined ? listChildren(actor, parent ?? null) : listLevels(actor, open.split(","));
});
