import "server-only";
import { type BulkRow, insertRows, updateRows } from "./bulk";
import { db, engine, type Reader, type Tx } from "./client";
import { execute, queryRows } from "./raw";

/** A change as it is staged: SyncChange's columns, and `fields` (ChangeFields) for SyncChangeDetail. */
export type ChangeRow = BulkRow & { fields: object };

/**
 * Writes changes in the order given, which is the order of their ids.
 * @returns the bytes of JSON in their details
 */
export async function insertChanges(tx: Tx, rows: ChangeRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = await takeIds(tx, rows.length);
  let bytes = 0;
  const changes: BulkRow[] = [];
  const details: BulkRow[] = [];
  for (const [at, { fields, ...change }] of rows.entries()) {
    const json = JSON.stringify(fields);
    bytes += json.length;
    changes.push({ id: ids[at] ?? 0, ...change });
    // PostgreSQL spreads rows as JSON: there the object goes in as it is.
    details.push({ changeId: ids[at] ?? 0, fields: engine() === "sqlite" ? json : fields });
  }
  await insertRows(tx, "SyncChange", changes);
  await insertRows(tx, "SyncChangeDetail", details);
  return bytes;
}

/** Ids nobody else will have: SQLite has one writer at a time, PostgreSQL a sequence. */
async function takeIds(tx: Tx, count: number): Promise<number[]> {
  if (engine() === "sqlite") {
    const [row] = await queryRows<{ last: number | null }>(
      tx,
      `SELECT "seq" AS "last" FROM "sqlite_sequence" WHERE "name" = 'SyncChange'`,
    );
    const last = row?.last ?? 0;
    return Array.from({ length: count }, (_, at) => last + 1 + at);
  }
  const rows = await queryRows<{ id: number }>(
    tx,
    `SELECT nextval(pg_get_serial_sequence('"SyncChange"', 'id')) AS "id" FROM generate_series(1, ?::int)`,
    count,
  );
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

export interface StoredChange {
  id: number;
  runId: string;
  entity: "product" | "category";
  entityId: string | null;
  externalKey: string;
  label: string;
  action: "create" | "update" | "delete";
  kind: string;
  version: number | null;
  /** ChangeFields, not yet parsed. */
  fields: unknown;
}

/** A run's changes of one state with their details, in order of id, from behind `after`. */
export async function listChangesWithFields(
  on: Reader,
  { runId, state, after, take }: { runId: string; state: string; after: number; take: number },
): Promise<StoredChange[]> {
  const cast = engine() === "sqlite" ? "?" : `?::"SyncChangeState"`;
  const rows = await queryRows<StoredChange>(
    on,
    `SELECT c."id", c."runId", c."entity", c."entityId", c."externalKey", c."label", c."action", c."kind", c."version",
       d."fields"
     FROM "SyncChange" c JOIN "SyncChangeDetail" d ON d."changeId" = c."id"
     WHERE c."runId" = ? AND c."state" = ${cast} AND c."id" > ? ORDER BY c."id" LIMIT ?`,
    runId,
    state,
    after,
    take,
  );
  return rows.map((row) => ({ ...row, fields: fromJson(row.fields) }));
}

/** What the changes of these ids say (ChangeFields, not yet parsed), by id. */
export async function getChangeFields(ids: number[], on: Reader = db): Promise<Map<number, unknown>> {
  const rows = await on.syncChangeDetail.findMany({ where: { changeId: { in: ids } } });
  return new Map(rows.map((row) => [row.changeId, row.fields]));
}

/** Replaces what changes say. */
export async function setChangeFields(tx: Tx, rows: { changeId: number; fields: object }[]) {
  await updateRows(tx, "SyncChangeDetail", ["changeId"], rows);
}

/** Raw SQLite gives JSON columns as text, PostgreSQL as values. */
function fromJson(stored: unknown): unknown {
  return typeof stored === "string" ? JSON.parse(stored) : stored;
}

/** A run's applied changes of one entity with their details, last first, from before `before`: the order of an undo. */
export async function listAppliedBackwards(
  on: Reader,
  { runId, entity, before, take }: { runId: string; entity: "product" | "category"; before: number; take: number },
): Promise<(StoredChange & { name: string })[]> {
  const [state, kind] =
    engine() === "sqlite" ? ["'applied'", "?"] : [`'applied'::"SyncChangeState"`, `?::"SyncEntity"`];
  const rows = await queryRows<StoredChange & { name: string }>(
    on,
    `SELECT c."id", c."runId", c."entity", c."entityId", c."externalKey", c."label", c."name", c."action", c."kind",
       c."version", d."fields"
     FROM "SyncChange" c JOIN "SyncChangeDetail" d ON d."changeId" = c."id"
     WHERE c."runId" = ? AND c."state" = ${state} AND c."id" < ? AND c."entity" = ${kind} ORDER BY c."id" DESC LIMIT ?`,
    runId,
    before,
    entity,
    take,
  );
  return rows.map((row) => ({ ...row, fields: fromJson(row.fields) }));
}

/** Deletes up to `take` of a run's changes, whatever their state, or of its refused rows; answers with their number. */
export function deleteStaged(tx: Tx, table: "SyncChange" | "SyncRejection", runId: string, take: number) {
  const some = `SELECT "id" FROM "${table}" WHERE "runId" = ? LIMIT ?`;
  return execute(tx, `DELETE FROM "${table}" WHERE "id" IN (${some})`, runId, take);
}

/** Deletes up to `take` of a run's changes that say a product is missing; answers with their number. */
export function deleteMissing(tx: Tx, runId: string, take: number) {
  const missing = engine() === "sqlite" ? "'missing'" : `'missing'::"SyncChangeKind"`;
  const some = `SELECT "id" FROM "SyncChange" WHERE "runId" = ? AND "kind" = ${missing} LIMIT ?`;
  return execute(tx, `DELETE FROM "SyncChange" WHERE "id" IN (${some})`, runId, take);
}
