import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import { refreshSearch } from "@/lib/search/refresh-search";
import { changeFields } from "./change";

/** Products written anew in one transaction. */
const BATCH = 1_000;

/**
 * Names of categories are words of the products below them: writes the search words anew below every category that the
 * run renamed or moved. Safe to run again.
 * @param first runs at the beginning of each transaction
 */
export async function refreshCategoryWords(runId: string, first: (tx: Tx) => Promise<void> = async () => undefined) {
  for (const path of await renamedPaths(runId)) {
    for (let after = ""; ; ) {
      const rows = await db.product.findMany({
        where: { category: { OR: [{ path }, { path: { gt: `${path}/`, lt: `${path}0` } }] }, id: { gt: after } },
        select: { id: true },
        orderBy: { id: "asc" },
        take: BATCH,
      });
      const last = rows.at(-1);
      if (!last) break;
      const ids = rows.map((row) => row.id);
      await transaction(async (tx) => {
        await first(tx);
        await refreshSearch(tx, ids);
      });
      after = last.id;
    }
  }
}

/** Where the categories are now that the run renamed or moved; those below another of them are left out. */
async function renamedPaths(runId: string): Promise<string[]> {
  const changes = await db.syncChange.findMany({
    where: { runId, entity: "category", state: "applied", action: "update" },
    select: { entityId: true, detail: { select: { fields: true } } },
  });
  const renamed = changes.filter(({ detail }) =>
    changeFields.parse(detail?.fields ?? {}).update?.some(({ field }) => field === "name" || field === "parent"),
  );
  const paths: string[] = [];
  for (const { entityId } of renamed) {
    const category = entityId
      ? await db.category.findUnique({ where: { id: entityId }, select: { path: true } })
      : null;
    if (category) paths.push(category.path);
  }
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}
