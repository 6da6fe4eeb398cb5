import { z } from "zod";
import { listChildren } from "@/lib/categories/list-children";
import { searchCategories } from "@/lib/categories/search-categories";
import { route } from "@/lib/route";

const query = z.object({ parent: z.string().max(64).optional(), q: z.string().max(100).optional() });

/** One level of the tree, or the categories that a name finds. */
export const GET = route({ grant: "catalog:read", query }, ({ actor, query: { parent, q } }) =>
  q ? searchCategories(actor, q) : listChildren(actor, parent ?? null),
);
