import "server-only";
import { upsertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { KEY_ALIAS } from "../match";
import { parseMessages } from "../run-json";
import { runMetadata } from "../run-metadata";
import { linkedKeys } from "./linked-keys";

/** "A new product" is remembered like any other answer, now that the product exists. */
export async function rememberNew(runId: string, sourceId: string, userId: string | null) {
  const created = await db.syncChange.findMany({
    where: { runId, kind: "new", state: "applied", entity: "product" },
    select: { externalKey: true, entityId: true },
  });
  const aliases = created.map((change) => ({
    sourceId,
    type: KEY_ALIAS,
    normalized: change.externalKey,
    productId: change.entityId,
    createdById: userId,
    createdAt: new Date(),
  }));
  await transaction((tx) =>
    upsertRows(tx, "CodeAlias", ["sourceId", "type", "normalized"], ["productId", "createdById"], aliases),
  );
}

/** Answers that could not be carried out are questions again, with why. */
export async function reopenUnapplied(runId: string, sourceId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  const ids = (runMetadata.parse(run.metadata ?? {}).answering ?? []).map((answer) => answer.changeId);
  const why = parseMessages(run.warnings).map((message) => message.text);
  const changes = await db.syncChange.findMany({
    where: { id: { in: ids }, openSince: null },
    select: { id: true, externalKey: true },
  });
  const done = await linkedKeys(
    sourceId,
    changes.map((change) => change.externalKey),
  );
  const undone = changes.filter((change) => !done.has(change.externalKey));
  if (undone.length === 0) return;
  await transaction(async (tx) => {
    for (const { id, externalKey } of undone) {
      const reason = why.find((text) => text.startsWith(`${externalKey}: `));
      await tx.syncChange.updateMany({
        where: { id, openSince: null },
        data: {
          openSince: new Date(),
          state: "staged",
          answer: null,
          answeredAt: null,
          answeredById: null,
          reason: reason
            ? `The answer could not be carried out. ${reason}`
            : `Run ${run.number} that was to carry out the answer did not finish.`,
        },
      });
    }
  });
}
