import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type CategoryTree, categoryTree } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import type { DemandTree } from "@/lib/db/filter/demand";
import { queryRows } from "@/lib/db/raw";
import { getTimeZone } from "../time-zone";
import { type Conditions, isMetafieldId, type MetafieldId, metafieldOf } from "./condition";
import { readDemand, Unreadable } from "./read-demand";

export interface ResolvedConditions {
  /** Undefined where nothing is demanded. */
  tree: DemandTree | undefined;
  /** Conditions that could not be asked, in words; the list is shown without them. */
  problems: string[];
}

/** Looks up what conditions name: metafields, categories, runs, and what "this month" means today. */
export async function resolveConditions(actor: Actor, conditions: Conditions): Promise<ResolvedConditions> {
  assertCan(actor, "catalog:read");
  const all = conditions.groups.flatMap((group) => group.conditions);
  if (all.length === 0) return { tree: undefined, problems: [] };
  const named = (field: string) => all.filter((condition) => condition.field === field);
  const categories = named("category").flatMap(({ values }) => values);
  const [zone, types, category, runs] = await Promise.all([
    getTimeZone(actor),
    metafieldTypes(actor, all.map(({ field }) => field).filter(isMetafieldId)),
    categoryLookup(categories),
    runsBy(named("changed").map(({ values }) => Number(values[0]))),
  ]);
  const by = {
    zone,
    now: new Date(),
    typeOf: (name: string) => types.get(name),
    category,
    run: (number: number) => runs.get(number),
  };
  const problems: string[] = [];
  const groups = conditions.groups.flatMap(({ join, conditions: parts }) => {
    const demands = parts.flatMap((condition) => {
      const demand = readDemand(condition, by);
      if (!(demand instanceof Unreadable)) return demand;
      problems.push(demand.reason);
      return [];
    });
    return demands.length > 0 ? { join, demands } : [];
  });
  return { tree: groups.length > 0 ? { join: conditions.join, groups } : undefined, problems };
}

/** Types by `namespace.key`: of the definition, or of any product that carries one nobody defined. */
export async function metafieldTypes(actor: Actor, ids: readonly MetafieldId[]): Promise<Map<string, string>> {
  assertCan(actor, "catalog:read");
  const places = [...new Set(ids)].map(metafieldOf);
  if (places.length === 0) return new Map();
  const defined = await db.metafieldDefinition.findMany({
    where: { OR: places },
    select: { namespace: true, key: true, type: true },
  });
  const types = new Map(defined.map(({ namespace, key, type }) => [`${namespace}.${key}`, type]));
  for (const { namespace, key } of places) {
    if (types.has(`${namespace}.${key}`)) continue;
    const [carried] = await queryRows<{ type: string }>(
      db,
      `SELECT "type" FROM "ProductMetafield" WHERE "namespace" = ? AND "key" = ? LIMIT 1`,
      namespace,
      key,
    );
    if (carried) types.set(`${namespace}.${key}`, carried.type);
  }
  return types;
}

async function categoryLookup(names: string[]) {
  if (names.length === 0) return () => undefined;
  const tree: CategoryTree = await categoryTree();
  const gone = names.filter((name) => !tree.byId.has(name) && !tree.byPath.has(name));
  const moved = gone.length === 0 ? [] : await db.categoryRedirect.findMany({ where: { path: { in: gone } } });
  const movedTo = new Map(moved.map(({ path, categoryId }) => [path, categoryId]));
  return (name: string) => tree.byId.get(name) ?? tree.byPath.get(name) ?? tree.byId.get(movedTo.get(name) ?? "");
}

/** Above this asking each product costs less than gathering a run's. */
const LARGE_RUN = 20_000;

async function runsBy(numbers: number[]) {
  const asked = numbers.filter((number) => Number.isInteger(number) && number > 0 && number < 2 ** 31);
  if (asked.length === 0) return new Map<number, { id: string; isLarge: boolean }>();
  const runs = await db.syncHistory.findMany({
    where: { number: { in: asked } },
    select: { id: true, number: true, created: true, updated: true, missing: true },
  });
  return new Map(
    runs.map(({ id, number, created, updated, missing }) => [
      number,
      { id, isLarge: created + updated + missing > LARGE_RUN },
    ]),
  );
}
