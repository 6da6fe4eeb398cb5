import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

/** How often a kind in one run met a kind in the other; null: the other run did not touch the product. */
export interface KindPair {
  a: string | null;
  b: string | null;
  count: number;
}

/**
 * One row per thing and run: a product both runs know under different keys is one thing. The set is made once and
 * joined by hash, not looked up row by row.
 */
const SIDES = `WITH a AS MATERIALIZED (
    SELECT "id", "kind", "state", "label", "name", "entity", "entityId", CAST("entity" AS TEXT) || ':' || coalesce("entityId", "externalKey") AS "thing"
    FROM "SyncChange" WHERE "runId" = ?
  ), b AS MATERIALIZED (
    SELECT "id", "kind", "state", "label", "name", "entity", "entityId", CAST("entity" AS TEXT) || ':' || coalesce("entityId", "externalKey") AS "thing"
    FROM "SyncChange" WHERE "runId" = ?
  )`;

export async function countKindPairs(runA: string, runB: string): Promise<KindPair[]> {
  const rows = await queryRows<KindPair>(
    db,
    `${SIDES}
     SELECT a."kind" AS "a", b."kind" AS "b", count(*) AS "count" FROM a LEFT JOIN b ON b."thing" = a."thing"
     GROUP BY a."kind", b."kind"
     UNION ALL
     SELECT NULL AS "a", b."kind" AS "b", count(*) AS "count" FROM b LEFT JOIN a ON a."thing" = b."thing"
     WHERE a."thing" IS NULL GROUP BY b."kind"`,
    runA,
    runB,
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

export interface ComparedThing {
  aId: number | null;
  bId: number | null;
  entity: "product" | "category";
  entityId: string | null;
  label: string;
  name: string;
  aKind: string | null;
  aState: string | null;
  bKind: string | null;
  bState: string | null;
}

/** Which things are listed: only in the one, only in the other, or in both with another outcome. */
export type ComparedPart = "a" | "b" | "both";

/** Things of one part, in order of the change's id, from behind `after`. */
export async function listCompared(
  runs: { a: string; b: string },
  part: ComparedPart,
  page: { after: number; take: number },
): Promise<ComparedThing[]> {
  const left = part === "b" ? "b" : "a";
  const right = left === "a" ? "b" : "a";
  const where =
    part === "both"
      ? `${right}."thing" IS NOT NULL AND (a."kind" <> b."kind" OR a."state" <> b."state")`
      : `${right}."thing" IS NULL`;
  return queryRows<ComparedThing>(
    db,
    `${SIDES}
     SELECT a."id" AS "aId", b."id" AS "bId", ${left}."entity", ${left}."entityId", ${left}."label", ${left}."name",
       a."kind" AS "aKind", a."state" AS "aState", b."kind" AS "bKind", b."state" AS "bState"
     FROM ${left} LEFT JOIN ${right} ON ${right}."thing" = ${left}."thing"
     WHERE ${where} AND ${left}."id" > ? ORDER BY ${left}."id" LIMIT ?`,
    runs.a,
    runs.b,
    page.after,
    page.take,
  );
}
