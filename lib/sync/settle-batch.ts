import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { setChangeFields } from "@/lib/db/sync-changes";
import { type ChangeFields, changeKind } from "./change";
import type { Ending } from "./review/ending";

interface SettledChange {
  id: number;
  externalKey: string;
  kind: string;
  fields: ChangeFields;
}

/** Writes how each change of a batch ended, the run's counts and checkpoint, and the audit entry of the batch. */
export async function settleBatch(tx: Tx, runId: string, batch: SettledChange[], endings: ReadonlyMap<number, Ending>) {
  const now = new Date();
  const ended = (state: Ending["state"]) => batch.filter(({ id }) => endings.get(id)?.state === state);
  const applied = batch.filter(({ id }) => !endings.has(id));
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    applied.map(({ id }) => ({ id, state: "applied", appliedAt: now })),
  );
  const unable = [...ended("failed"), ...ended("skipped")];
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    unable.map(({ id }) => ({ id, ...plain(endings.get(id)), appliedAt: now })),
  );
  await returnToReview(tx, ended("staged"), endings, now);
  const last = batch.at(-1);
  await tx.syncHistory.update({
    where: { id: runId },
    data: {
      processed: { increment: applied.length + unable.length },
      successful: { increment: applied.length },
      failed: { increment: ended("failed").length },
      skipped: { increment: ended("skipped").length },
      checkpoint: { changeId: last?.id ?? 0 },
    },
  });
  await recordAudit(
    tx,
    SYSTEM,
    "sync.apply",
    { entity: "SyncHistory", entityId: runId },
    {
      after: {
        firstChangeId: batch[0]?.id ?? 0,
        lastChangeId: last?.id ?? 0,
        applied: applied.length,
        appliedAt: now.toISOString(),
      },
    },
  );
}

function plain(ending: Ending | undefined) {
  return { state: ending?.state ?? "failed", reason: ending?.reason ?? "" };
}

/** They wait again as they read now; who approved what was shown before has not approved this. */
async function returnToReview(tx: Tx, returned: SettledChange[], endings: ReadonlyMap<number, Ending>, now: Date) {
  const open = { rule: null, answeredById: null, answeredAt: now, answer: "returned" };
  const asBefore = [];
  const restated = [];
  const details = [];
  for (const { id, externalKey, kind, fields } of returned) {
    const ending = endings.get(id);
    if (ending?.state !== "staged") continue;
    const { state, reason, lines, version } = ending;
    if (!lines) {
      asBefore.push({ id, state, reason, ...open });
      continue;
    }
    // Nothing is left to change: what is approved is to remember what the source said.
    const update = lines.length > 0 ? lines : [{ field: "source", before: null, after: externalKey }];
    restated.push({ id, state, reason, ...open, version: version ?? null, kind: changeKind(kind, lines) });
    details.push({ changeId: id, fields: { ...fields, update } });
  }
  await updateRows(tx, "SyncChange", ["id"], asBefore);
  await updateRows(tx, "SyncChange", ["id"], restated);
  await setChangeFields(tx, details);
}
