import "server-only";
import { db, engine } from "./client";
import { queryRows } from "./raw";

/** Runs found by what they say or hold, newest first; an older match is not found. */
const MOST_RUNS = 500;
/** Refused rows looked through for a text, newest first: each can be long. */
const REFUSED_LOOKED_AT = 20_000;

/** Ids of the runs whose reason, messages, warnings or errors hold `text`, whatever the case of ASCII letters. */
export async function findRunsSaying(text: string): Promise<string[]> {
  const columns = ["heldReason", "messages", "errors", "warnings"];
  const where = columns.map((column) => `${lowered(`CAST("${column}" AS TEXT)`)} LIKE ? ESCAPE '!'`).join(" OR ");
  const rows = await queryRows<{ id: string }>(
    db,
    `SELECT "id" FROM "SyncHistory" WHERE ${where} ORDER BY "number" DESC LIMIT ?`,
    ...columns.map(() => pattern(text)),
    MOST_RUNS,
  );
  return rows.map((row) => row.id);
}

/** Ids of the runs that changed one of these products, or have a row nobody could match under this key or SKU. */
export async function findRunsWithProduct(productIds: string[], key: string): Promise<string[]> {
  const among = productIds.length > 0 ? `"entityId" IN (${productIds.map(() => "?").join(", ")}) OR ` : "";
  const rows = await queryRows<{ runId: string }>(
    db,
    `SELECT DISTINCT "runId" FROM "SyncChange"
     WHERE ${among}("entityId" IS NULL AND ("externalKey" = ? OR "label" = ?)) LIMIT ?`,
    ...productIds,
    key,
    key,
    MOST_RUNS,
  );
  return rows.map((row) => row.runId);
}

/** Ids of the runs that refused a row with this key, or with this text in it. */
export async function findRunsRefusing(text: string): Promise<string[]> {
  const rows = await queryRows<{ runId: string }>(
    db,
    `SELECT DISTINCT "runId" FROM
       (SELECT "runId", "externalKey", "reason", "raw" FROM "SyncRejection" ORDER BY "id" DESC LIMIT ?) AS recent
     WHERE "externalKey" = ? OR ${lowered(`"reason"`)} LIKE ? ESCAPE '!' OR ${lowered(`"raw"`)} LIKE ? ESCAPE '!' LIMIT ?`,
    REFUSED_LOOKED_AT,
    text,
    pattern(text),
    pattern(text),
    MOST_RUNS,
  );
  return rows.map((row) => row.runId);
}

/** SQLite lowers ASCII letters alone; the C collation makes PostgreSQL do the same. */
function lowered(expression: string) {
  return engine() === "sqlite" ? `lower(${expression})` : `lower(${expression} COLLATE "C")`;
}

function pattern(text: string) {
  const small = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return `%${small.replace(/[!%_]/g, "!$&")}%`;
}
