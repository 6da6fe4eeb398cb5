import "server-only";
import { db } from "@/lib/db/client";
import { runMetadata } from "./run-metadata";
import { hasProducts, type RunCategories, runCounts } from "./run-words";

type CountedRun = Parameters<typeof runCounts>[0] & { id: string };

/**
 * What runs found of categories, by run: only for those that found no product, whose words would be empty without.
 * A run's metadata can be long; those of the others are not read.
 */
export async function categoriesOfRuns(runs: CountedRun[]): Promise<ReadonlyMap<string, RunCategories>> {
  const ids = runs.filter((run) => !hasProducts(runCounts(run))).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db.syncHistory.findMany({ where: { id: { in: ids } }, select: { id: true, metadata: true } });
  return new Map(
    rows.flatMap(({ id, metadata }): [string, RunCategories][] => {
      const { categories } = runMetadata.parse(metadata ?? {});
      return categories ? [[id, categories]] : [];
    }),
  );
}
