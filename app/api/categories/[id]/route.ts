import { categoryDetail, getCategoryEndpoint } from "@/lib/api/categories";
import { patchCategory, patchCategoryEndpoint } from "@/lib/api/category-changes";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...getCategoryEndpoint }, ({ actor, params: { id } }) =>
  categoryDetail(actor, id),
);

/** Answers with the category as it stands afterwards, or the one it was merged into. */
export const PATCH = route(
  { grant: "catalog:write", ...patchCategoryEndpoint },
  ({ actor, params: { id }, body }): Promise<object> => patchCategory(actor, id, body),
);
