import "server-only";
import { upsertRows } from "@/lib/db/bulk";
import type { Reader, Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type QualityRow, readMetafieldNames, readQualityRows } from "@/lib/db/quality";
import { readTemplates, type Templates } from "@/lib/metafields/read-template";
import { type ExpectedMetafield, templateAt } from "@/lib/metafields/template";
import { type Quality, scoreProduct } from "./score";

/** Computes the quality of these products from what they are now and writes it: seven statements, however many. */
export async function computeQuality(tx: Tx, ids: string[]) {
  if (ids.length === 0) return;
  const now = new Date();
  const scored = await scoreProducts(tx, ids);
  await upsertRows(
    tx,
    "ProductQuality",
    ["productId"],
    ["version", "score", "grade", "missingRequired", "reasons", "updatedAt"],
    scored.map(({ row, quality }) => ({ productId: row.id, version: row.version, ...quality, updatedAt: now })),
  );
}

/** The quality of products as they are now; one that is gone is absent. */
async function scoreProducts(on: Reader, ids: string[]): Promise<{ row: QualityRow; quality: Quality }[]> {
  const rows = await readQualityRows(on, ids);
  const pathOf = await categoryPaths(on, rows);
  const templates = await readTemplates(on, [...new Set(pathOf.values())]);
  const asks = new Map<string | null, ExpectedMetafield[]>();
  const asked = (categoryId: string | null) => {
    const path = categoryId === null ? null : (pathOf.get(categoryId) ?? null);
    const known = asks.get(path) ?? templateAt(path, templates.entries, templates.everywhere);
    asks.set(path, known);
    return known;
  };
  const isAsked = rows.some((row) => asked(row.categoryId).length > 0);
  const names = isAsked ? await readMetafieldNames(on, ids) : new Map<string, Set<string>>();
  const labels = isAsked ? await definitionNames(on, templates) : new Map<string, string>();
  return rows.map((row) => {
    const held = names.get(row.id);
    const expected = asked(row.categoryId).map(({ namespace, key, isRequired }) => {
      const name = `${namespace}.${key}`;
      return { namespace, key, isRequired, name: labels.get(name) ?? key, isThere: held?.has(name) ?? false };
    });
    return { row, quality: scoreProduct({ ...row, hasCategory: row.categoryId !== null, expected }) };
  });
}

async function categoryPaths(on: Reader, rows: QualityRow[]) {
  const ids = rows.flatMap((row) => row.categoryId ?? []);
  const found = await inParts(ids, (part) =>
    on.category.findMany({ where: { id: { in: part } }, select: { id: true, path: true } }),
  );
  return new Map(found.map(({ id, path }) => [id, path]));
}

async function definitionNames(on: Reader, { entries, everywhere }: Templates) {
  const asked = [...entries, ...everywhere];
  const found = await inParts(
    asked.map(({ key }) => key),
    (part) =>
      on.metafieldDefinition.findMany({
        where: { key: { in: part } },
        select: { namespace: true, key: true, name: true },
      }),
  );
  return new Map(found.map(({ namespace, key, name }) => [`${namespace}.${key}`, name]));
}
