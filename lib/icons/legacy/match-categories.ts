import "server-only";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { sortKey } from "@/lib/search/fold";
import type { LegacyIcon } from "./legacy-icon";

/** Which category of ours an icon is for, and how that is known; or why it isn't. */
export type CategoryMatch =
  | { categoryId: string; category: string; by: "key" | "name"; isSure: boolean; note: string | null }
  | { categoryId: null; reason: string };

type Asked = Pick<LegacyIcon, "legacyId" | "categoryKey" | "categoryName">;
interface Found {
  id: string;
  name: string;
}

/**
 * The categories that icons of an earlier system are for: the one that a feed knows by the key, else the one that has
 * this very name. The earlier system's keys may be another numbering: where the key's category has another name and
 * one alone has the name, the name is believed.
 */
export async function matchCategories(icons: readonly Asked[]): Promise<Map<string, CategoryMatch>> {
  const byKey = await categoriesByKey(icons.flatMap(({ categoryKey }) => categoryKey ?? []));
  const byName = await categoriesByName(icons.flatMap(({ categoryName }) => categoryName ?? []));
  return new Map(
    icons.map((icon) => {
      const { legacyId, categoryKey, categoryName } = icon;
      return [legacyId, match(icon, byKey.get(categoryKey ?? "") ?? [], byName.get(categoryName ?? "") ?? [])];
    }),
  );
}

function match({ categoryKey, categoryName }: Asked, keyed: Found[], named: Found[]): CategoryMatch {
  const [byKey, otherByKey] = keyed;
  const [byName, otherByName] = named;
  const both = keyed.find(({ id }) => named.some((one) => one.id === id));
  if (both) return found(both, "key", null);
  if (byName && !otherByName) {
    const note = byKey ? `the key ${categoryKey} belongs to “${byKey.name}” here: the name was believed` : null;
    return found(byName, "name", note);
  }
  if (byKey && !otherByKey) {
    const note = categoryName ? `the store calls the category “${categoryName}”` : null;
    return found(byKey, "key", note);
  }
  return { categoryId: null, reason: whyNot(categoryKey, categoryName, keyed.length, named.length) };
}

function found({ id, name }: Found, by: "key" | "name", note: string | null): CategoryMatch {
  // A key whose category is called otherwise may be another numbering's.
  return { categoryId: id, category: name, by, isSure: by === "name" || note === null, note };
}

function whyNot(key: string | null, name: string | null, keyed: number, named: number): string {
  if (key === null && name === null) return "the store names no category";
  const what = [key && `the key “${key}”`, name && `the name “${name}”`].filter(Boolean).join(" or ");
  if (keyed > 1 && named !== 1) return `feeds give ${what} to ${keyed} categories`;
  return named > 1 ? `${named} categories have ${what}` : `no category has ${what}`;
}

async function categoriesByKey(keys: string[]): Promise<Map<string, Found[]>> {
  const byKey = new Map<string, Map<string, Found>>();
  // Source by source: so the index on their keys is used.
  for (const { id: sourceId } of await db.feedSource.findMany({ select: { id: true } })) {
    const items = await inParts(keys, (part) =>
      db.sourceItem.findMany({
        where: { sourceId, entity: "category", externalKey: { in: part }, categoryId: { not: null } },
        select: { externalKey: true, category: { select: { id: true, name: true } } },
      }),
    );
    for (const { externalKey, category } of items) {
      if (!category) continue;
      const known = byKey.get(externalKey) ?? new Map<string, Found>();
      byKey.set(externalKey, known.set(category.id, category));
    }
  }
  return new Map([...byKey].map(([key, known]) => [key, [...known.values()]]));
}

async function categoriesByName(names: string[]): Promise<Map<string, Found[]>> {
  const byName = new Map<string, Found[]>();
  const rows = await inParts(
    names.map((name) => sortKey(name)),
    (part) => db.category.findMany({ where: { nameKey: { in: part } }, select: { id: true, name: true } }),
  );
  // Folded names find more than the very name.
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  return byName;
}
