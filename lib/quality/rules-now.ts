import "server-only";
import { createHash } from "node:crypto";
import type { Reader } from "@/lib/db/client";
import { readTemplates, type Templates } from "@/lib/metafields/read-template";
import { templateAt } from "@/lib/metafields/template";
import type { QualityRules } from "./quality-state";

/** What is asked of products now, a hash per category that asks or stands below one that does. */
export async function rulesNow(on: Reader): Promise<QualityRules> {
  const templates = await readTemplates(on);
  const byCategory: Record<string, string> = {};
  for (const { id, path } of await categoriesAsking(on, templates)) byCategory[id] = hashAt(path, templates);
  return { everywhere: hashAt(null, templates), byCategory };
}

/** Categories whose products must be looked at again; null: all products. */
export function categoriesToRecompute(before: QualityRules, now: QualityRules): string[] | null {
  if (before.everywhere !== now.everywhere) return null;
  const ids = new Set([...Object.keys(before.byCategory), ...Object.keys(now.byCategory)]);
  return [...ids].filter((id) => before.byCategory[id] !== now.byCategory[id]);
}

async function categoriesAsking(on: Reader, { entries }: Templates) {
  const tops = topmost([...new Set(entries.map(({ path }) => path))]);
  const found: { id: string; path: string }[] = [];
  for (const path of tops) {
    // "0" follows "/" in the order of the index: a subtree is one range.
    const where = { OR: [{ path }, { path: { gte: `${path}/`, lt: `${path}0` } }] };
    found.push(...(await on.category.findMany({ where, select: { id: true, path: true } })));
  }
  return found;
}

function topmost(paths: string[]) {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

function hashAt(path: string | null, { entries, everywhere }: Templates) {
  const asked = templateAt(path, entries, everywhere).map((one) => [one.namespace, one.key, one.isRequired]);
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 12);
}
