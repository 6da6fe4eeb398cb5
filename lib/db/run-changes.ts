import "server-only";
import type { SyncChangeKind, SyncChangeState, SyncEntity } from "@/prisma/generated/sqlite/enums";
import { db, engine } from "./client";
import { queryReport } from "./query-aside";
import { queryRows } from "./raw";

/** Search below this many rows is counted exactly; beyond, the screen says "10,000+". */
const COUNT_LIMIT = 10_000;

export interface ChangeFilter {
  runId: string;
  entity?: "product" | "category";
  kinds?: readonly string[];
  state?: string;
  /** Only changes with a line of one of these fields, or of a field that begins so. */
  fields?: { names: readonly string[]; prefixes: readonly string[] };
  /** Part of the label, the name or the source's key; case of ASCII letters does not matter. */
  q: string;
}

/**
 * Ids of a run's changes in the order they were found. `after`/`before` are ids; without one the first page.
 * At most `limit` ids, nearest to the cursor, ascending.
 */
export async function findChangeIds(
  filter: ChangeFilter,
  page: { after?: number; before?: number; limit: number; offset?: number },
): Promise<number[]> {
  const { sql, parameters } = condition(filter);
  const backwards = page.before !== undefined && page.after === undefined;
  const bound = backwards ? ` AND "id" < ?` : page.after === undefined ? "" : ` AND "id" > ?`;
  const cursor = backwards ? page.before : page.after;
  const rows = await queryRows<{ id: number }>(
    db,
    `SELECT "id" FROM "SyncChange" WHERE ${sql}${bound} ORDER BY "id" ${backwards ? "DESC" : "ASC"} LIMIT ? OFFSET ?`,
    ...parameters,
    ...(cursor === undefined ? [] : [cursor]),
    page.limit,
    page.offset ?? 0,
  );
  const ids = rows.map((row) => row.id);
  return backwards ? ids.reverse() : ids;
}

export async function countChanges(
  filter: ChangeFilter,
  { isExact }: { isExact: boolean },
): Promise<{ count: number; isCapped: boolean }> {
  const { sql, parameters } = condition(filter);
  const rows = await queryRows<{ n: number }>(
    db,
    `SELECT count(*) AS "n" FROM (SELECT 1 AS "one" FROM "SyncChange" WHERE ${sql} ${isExact ? "" : "LIMIT ?"}) AS "found"`,
    ...parameters,
    ...(isExact ? [] : [COUNT_LIMIT + 1]),
  );
  const count = Number(rows[0]?.n ?? 0);
  if (isExact) return { count, isCapped: false };
  return { count: Math.min(count, COUNT_LIMIT), isCapped: count > COUNT_LIMIT };
}

/** The filter as SQL over "SyncChange", and its parameters. */
export function condition({ runId, entity, kinds, state, fields, q }: ChangeFilter) {
  const parts = [`"runId" = ?`];
  const parameters: string[] = [runId];
  if (entity) {
    parts.push(`"entity" = ${asEnum("SyncEntity")}`);
    parameters.push(entity);
  }
  if (kinds) {
    parts.push(`"kind" IN (${kinds.map(() => asEnum("SyncChangeKind")).join(", ")})`);
    parameters.push(...kinds);
  }
  if (state) {
    parts.push(`"state" = ${asEnum("SyncChangeState")}`);
    parameters.push(state);
  }
  if (fields) {
    const { names, prefixes } = fields;
    const anyOf = [...names.map(() => `${lineField()} = ?`), ...prefixes.map(() => `${lineField()} LIKE ?`)];
    parts.push(
      `EXISTS (SELECT 1 FROM ${linesOf()} WHERE d."changeId" = "SyncChange"."id" AND (${anyOf.join(" OR ")}))`,
    );
    parameters.push(...names, ...prefixes.map((prefix) => `${prefix}%`));
  }
  if (q) {
    const columns = ["label", "name", "externalKey"];
    parts.push(`(${columns.map((column) => `${lowered(column)} LIKE ? ESCAPE '!'`).join(" OR ")})`);
    const pattern = `%${asciiLower(q).replace(/[!%_]/g, "!$&")}%`;
    parameters.push(...columns.map(() => pattern));
  }
  return { sql: parts.join(" AND "), parameters };
}

/** The lines of changes' details, one row for each. */
function linesOf() {
  if (engine() === "sqlite") return `"SyncChangeDetail" d, json_each(d."fields", '$.update') e`;
  // Creations have no lines.
  return `"SyncChangeDetail" d CROSS JOIN LATERAL jsonb_array_elements(coalesce(d."fields"->'update', '[]'::jsonb)) e`;
}

function lineField() {
  return engine() === "sqlite" ? `json_extract(e.value, '$.field')` : `e->>'field'`;
}

/** A parameter as one of PostgreSQL's enum values; the column itself stays bare, so that its index serves. */
export function asEnum(type: string) {
  return engine() === "sqlite" ? "?" : `?::"${type}"`;
}

/** SQLite lowers ASCII letters alone; the C collation makes PostgreSQL do the same. */
function lowered(column: string) {
  return engine() === "sqlite" ? `lower("${column}")` : `lower("${column}" COLLATE "C")`;
}

function asciiLower(value: string) {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Products among a run's changes that a shop has. */
export async function countInShop(runId: string): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `SELECT count(*) AS "count" FROM "SyncChange" c JOIN "Product" p ON p."id" = c."entityId"
     WHERE c."runId" = ? AND p."shopifyProductId" IS NOT NULL`,
    runId,
  );
  return row?.count ?? 0;
}

/** A run's changes by what they are and how they stand. */
export function groupChanges(runId: string) {
  return queryReport<{ entity: SyncEntity; kind: SyncChangeKind; state: SyncChangeState; count: number }>(
    `SELECT "entity", "kind", "state", count(*) AS "count" FROM "SyncChange" WHERE "runId" = ? GROUP BY 1, 2, 3`,
    runId,
  );
}
