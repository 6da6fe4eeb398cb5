import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import type { Tx } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { updateProducts } from "../apply-updated-products";
import { type ChangeFields, changeFields } from "../change";
import { Stopwatch } from "../stopwatch";
import { answerConflicts } from "./answer-conflicts";
import { endPersonRun } from "./start-person-run";

/**
 * Applies a person's changes of products in the caller's transaction and ends the run: for the few that one decision is
 * about. Many are the worker's (`enqueueApply`).
 * @param rows personChange's, `approved`
 * @throws {AppError} `conflict` when a field holds another value than a line says: nothing of the run is written
 */
export async function writeNow(tx: Tx, actor: Actor, runId: string, rows: (ChangeRow & { entityId: string })[]) {
  assertCan(actor, "catalog:write");
  const changes = rows.map((row, at) => ({ row, at, fields: changeFields.parse(row.fields) }));
  const wanted = changes.map(({ row, at, fields }) => ({
    changeId: at,
    id: row.entityId,
    version: typeof row.version === "number" ? row.version : null,
    lines: fields.update ?? [],
  }));
  const run = { id: runId, voice: { userId: actorUserId(actor) }, pictureOf: () => null, watch: new Stopwatch("read") };
  const found = await updateProducts(tx, run, wanted);
  const applied = changes.map(({ row, at, fields }) => {
    const present = found.get(at);
    if (present?.outcome === "moved") throw new AppError("conflict", `${row.label}: ${present.reason}`);
    if (present?.outcome === "gone") throw new AppError("conflict", `${row.label} is not there any more.`);
    const shown: ChangeFields = present?.outcome === "as shown" ? { ...fields, update: present.lines } : fields;
    return { row, fields: shown };
  });
  const now = new Date();
  const first = (await lastChangeId(tx)) + 1;
  const bytes = await insertChanges(
    tx,
    applied.map(({ row, fields }) => ({ ...row, state: "applied", appliedAt: now, fields })),
  );
  const last = await lastChangeId(tx);
  const told = { firstChangeId: first, lastChangeId: last, applied: rows.length, appliedAt: now.toISOString() };
  await recordAudit(tx, actor, "sync.apply", { entity: "SyncHistory", entityId: runId }, { after: told });
  await answerConflicts(
    tx,
    actorUserId(actor),
    applied.map(({ row, fields }) => ({ entity: "product", entityId: row.entityId, fields })),
  );
  await raiseCatalogueVersion(tx, "products");
  await endPersonRun(tx, actor, runId, { updated: rows.length, changeBytes: bytes });
}

async function lastChangeId(tx: Tx): Promise<number> {
  const [row] = await queryRows<{ last: number | null }>(tx, `SELECT max("id") AS "last" FROM "SyncChange"`);
  return row?.last ?? 0;
}
