import "server-only";
import { SYSTEM } from "@/lib/auth/actor";
import { selectRows, updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { listChangesWithFields } from "@/lib/db/sync-changes";
import { formatCount, formatPlural } from "@/lib/format";
import type { JobContext } from "@/lib/jobs/define-job";
import { changeFields } from "../change";
import { moveChanges } from "../move-changes";
import { runMetadata } from "../run-metadata";
import { requestUndo } from "../undo/request-undo";
import { checkEdited } from "./check-edited";

/** Changes held against the catalogue at once. */
const BATCH = 1_000;

/** One row of a run that is to be applied whole could not be: its batch is not written. */
export class WholeBrokenError extends Error {
  override name = "WholeBrokenError";
}

/**
 * Whether a run that is applied whole or not at all may begin: each of its approved changes still fits. Where one does
 * not, none is applied and each says why. A run that needs not be whole, or has begun, may go on.
 */
export async function mayApplyWhole(runId: string, context: JobContext): Promise<boolean> {
  const { metadata } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
  if (!runMetadata.parse(metadata ?? {}).isWhole) return true;
  const began = await db.syncChange.findFirst({ where: { runId, state: "applied" }, select: { id: true } });
  if (began) return true;
  let moved = 0;
  for (let after = 0; ; ) {
    const rows = await listChangesWithFields(db, { runId, state: "approved", after, take: BATCH });
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    const why = await reasons(rows);
    moved += why.length;
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await updateRows(tx, "SyncChange", ["id"], why);
    });
  }
  if (moved > 0)
    await leaveRest(runId, `${formatPlural(moved, "product")} changed since it was planned`, moved, context);
  return moved === 0;
}

async function reasons(rows: Awaited<ReturnType<typeof listChangesWithFields>>) {
  const wanted = rows.flatMap(({ id, entityId, version, fields }) => {
    const { update } = changeFields.parse(fields);
    return entityId && update ? [{ changeId: id, id: entityId, version, lines: update }] : [];
  });
  const products = await selectRows<{ id: string; version: number }>(
    db,
    "Product",
    `"Product"."id", "Product"."version"`,
    "id",
    wanted.map((one) => one.id),
  );
  const found = await checkEdited(db, wanted, new Map(products.map((product) => [product.id, product])));
  return [...found].flatMap(([id, present]) => {
    if (present.outcome === "moved") return [{ id, state: "skipped", reason: present.reason }];
    return present.outcome === "gone" ? [{ id, state: "skipped", reason: "The product is gone." }] : [];
  });
}

/** All others of the run are left too. */
async function leaveRest(runId: string, why: string, told: number, context: JobContext) {
  const left = await db.syncChange.count({ where: { runId, state: "approved" } });
  await moveChanges(runId, "approved", { state: "skipped", reason: `All or nothing: ${why}.` }, context.assertHeld);
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.update({
      where: { id: runId },
      data: {
        skipped: { increment: told + left },
        errors: [`All or nothing: ${why}, so ${formatCount(told + left)} are left as they were. Plan the edit again.`],
      },
      select: { id: true },
    });
  });
}

/** A change came in between while it was applied: the rest is left, and what had gone in is taken back by an undo. */
export async function breakOff(runId: string, context: JobContext) {
  await leaveRest(runId, "a product changed while it was applied", 0, context);
}

/** After a run has ended that was to be applied whole and was not: what had gone in is taken back. Safe to run again. */
export async function takeBackBroken(runId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { metadata: true, skipped: true, undoneBy: { select: { id: true } } },
  });
  if (!runMetadata.parse(run.metadata ?? {}).isWhole || run.skipped === 0 || run.undoneBy) return;
  const applied = await db.syncChange.findFirst({ where: { runId, state: "applied" }, select: { id: true } });
  if (applied) await requestUndo(SYSTEM, { runId });
}
