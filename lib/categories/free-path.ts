import "server-only";
import type { Reader } from "@/lib/db/client";

/**
 * The first of `slug`, `slug-2`, … under `parent` that is no category's address. A new category takes none that leads
 * to a moved one either: old links go on leading there.
 */
export async function freePath(
  on: Reader,
  parent: { path: string } | null,
  slug: string,
  { isNew = false, ownId }: { isNew?: boolean; ownId?: string } = {},
) {
  const prefix = parent ? `${parent.path}/` : "";
  for (let n = 1; ; n++) {
    const numbered = n === 1 ? slug : `${slug}-${n}`;
    const path = prefix + numbered;
    const taken = await on.category.findUnique({ where: { path }, select: { id: true } });
    if (taken && taken.id !== ownId) continue;
    if (isNew && (await on.categoryRedirect.findUnique({ where: { path }, select: { path: true } }))) continue;
    return { path, slug: numbered };
  }
}
