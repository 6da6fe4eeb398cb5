import "server-only";
import { engine } from "./client";
import { queryReport } from "./query-aside";
import { toTime } from "./raw";

/** A time's month in UTC as `2026-11`, as SQL. */
function monthOf(column: string) {
  return engine() === "sqlite"
    ? `strftime('%Y-%m', "${column}" / 1000, 'unixepoch')`
    : `to_char("${column}", 'YYYY-MM')`;
}

function since(column: string) {
  return `"${column}" >= ${engine() === "sqlite" ? "?" : "?::timestamp"}`;
}

/** Products of today by the run that brought them: one look along an index. Null: no run did. */
export function countByRun() {
  return queryReport<{ runId: string | null; products: number }>(
    `SELECT "createdByRunId" AS "runId", count(*) AS "products" FROM "Product" GROUP BY "createdByRunId"`,
  );
}

/** Products of today that no run brought, by the month they were made. */
export function countByHand() {
  return queryReport<{ month: string; products: number }>(
    `SELECT ${monthOf("createdAt")} AS "month", count(*) AS "products" FROM "Product" WHERE "createdByRunId" IS NULL
     GROUP BY 1`,
  );
}

/** What runs changed, by the month they started. */
export function runsByMonth(from: Date) {
  return queryReport<{ month: string; added: number; changed: number; missing: number }>(
    `SELECT ${monthOf("startedAt")} AS "month", sum("created") AS "added", sum("updated") AS "changed",
       sum("missing") AS "missing"
     FROM "SyncHistory" WHERE "isDryRun" = false AND ${since("startedAt")} GROUP BY 1`,
    toTime(from),
  );
}

/** People's edits of single products, by month. */
export function editsByMonth(from: Date) {
  const edits = engine() === "sqlite" ? `"AuditEntry" INDEXED BY "AuditEntry_product_edits"` : `"AuditEntry"`;
  return queryReport<{ month: string; edits: number }>(
    `SELECT ${monthOf("createdAt")} AS "month", count(*) AS "edits" FROM ${edits}
     WHERE "entity" = 'product' AND ${since("createdAt")} GROUP BY 1`,
    toTime(from),
  );
}
