import { categoryPage, listCategoriesEndpoint } from "@/lib/api/categories";
import { postCategory, postCategoryEndpoint } from "@/lib/api/category-changes";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listCategoriesEndpoint }, ({ actor, query }) =>
  categoryPage(actor, query),
);

/** Answers with the category as it stands, and its run. */
export const POST = route({ grant: "catalog:write", ...postCategoryEndpoint }, async ({ actor, body }) =>
  Response.json(await postCategory(actor, body), { status: 201 }),
);
