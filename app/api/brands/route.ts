import { z } from "zod";
import { listBrands } from "@/lib/catalog/list-brands";
import { route } from "@/lib/route";

const query = z.object({ category: z.string().max(64).optional(), q: z.string().max(100).default("") });

/** The brands one can filter by. */
export const GET = route({ grant: "catalog:read", query }, ({ actor, query: { category, q } }) =>
  listBrands(actor, { categoryId: category, startsWith: q }),
);
