import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import { handOverRejections, supersedeMatches, supersedeReturned, supersedeStaged } from "@/lib/db/superseded";
import { getChangeFields } from "@/lib/db/sync-changes";
import { changeFields } from "@/lib/sync/change";
import { READS_WHOLE_FEED } from "@/lib/sync/run-triggers";

/** Rows closed in one transaction. */
const BATCH = 1_000;

/**
 * After a run has read its source's whole feed and ended: what earlier runs of that source still asked is its matter
 * now. Does nothing while the run has not ended well; safe to run again.
 */
export async function closeSuperseded(runId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { id: true, number: true, feedSourceId: true, isDryRun: true, trigger: true, status: true },
  });
  if (run.status !== "success" && run.status !== "partial") return;
  if (run.isDryRun || !run.feedSourceId || !READS_WHOLE_FEED.includes(run.trigger)) return;
  const of = { id: run.id, number: run.number, sourceId: run.feedSourceId };
  await inBatches((tx) => handOverRejections(tx, of, BATCH));
  await inBatches((tx) => supersedeMatches(tx, of, BATCH));
  await inBatches((tx) => supersedeReturned(tx, of, BATCH));
  await endEarlierReviews(of);
  await closeConflicts(of);
}

/** What waits for review in an earlier run is old: this one has compared the whole feed with the catalogue since. */
async function endEarlierReviews({ number, sourceId }: { number: number; sourceId: string }) {
  const waiting = await db.syncHistory.findMany({
    where: { feedSourceId: sourceId, number: { lt: number }, status: "review", isDryRun: false },
    select: { id: true },
  });
  for (const { id } of waiting) {
    await inBatches((tx) => supersedeStaged(tx, { number, earlierId: id }, BATCH));
    await transaction((tx) => endSuperseded(tx, { id, number }));
  }
}

/** A row that is approved and not applied yet keeps the run open until its job has been. */
async function endSuperseded(tx: Tx, { id, number }: { id: string; number: number }) {
  const left = await tx.syncChange.groupBy({ by: ["state"], where: { runId: id }, _count: { _all: true } });
  const has = (state: string) => left.some((group) => group.state === state);
  if (has("staged") || has("approved")) return;
  await tx.syncHistory.updateMany({
    where: { id, status: "review" },
    data: {
      status: has("applied") ? "partial" : "cancelled",
      completedAt: new Date(),
      messages: [`Run ${number} has read the feed anew since: what was left of this one is offered there.`],
    },
  });
}

async function inBatches(work: (tx: Tx) => Promise<number>) {
  while ((await transaction(work)) === BATCH);
}

/** A conflict is settled by the source's next word on the same field, whatever it is. */
async function closeConflicts(run: { id: string; number: number; sourceId: string }) {
  for (let after = 0; ; ) {
    const open = await db.syncChange.findMany({
      where: {
        id: { gt: after },
        openSince: { not: null },
        kind: { notIn: ["ambiguous", "unmatched", "missing"] },
        entityId: { not: null },
        run: { feedSourceId: run.sourceId, number: { lt: run.number } },
      },
      select: { id: true, entityId: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    const last = open.at(-1);
    if (!last) return;
    after = last.id;
    const later = await db.syncChange.findMany({
      where: { runId: run.id, state: "applied", entityId: { in: open.flatMap((change) => change.entityId ?? []) } },
      select: { id: true, entityId: true },
    });
    const spoken = await keptFields(later.map((change) => change.id));
    const earlier = await keptFields(open.map((change) => change.id));
    const laterOf = new Map(later.map((change) => [change.entityId, spoken.get(change.id) ?? []]));
    const closed = open.filter((change) => {
      const said = laterOf.get(change.entityId) ?? [];
      return (earlier.get(change.id) ?? []).every((field) => said.includes(field));
    });
    await transaction((tx) =>
      tx.syncChange.updateMany({
        where: { id: { in: closed.map((change) => change.id) }, openSince: { not: null } },
        data: { openSince: null, answeredAt: new Date(), answer: `superseded by run ${run.number}` },
      }),
    );
  }
}

async function keptFields(ids: number[]): Promise<Map<number, string[]>> {
  const stored = await getChangeFields(ids);
  return new Map(
    [...stored].map(([id, fields]) => [
      id,
      (changeFields.parse(fields).update ?? []).filter((line) => line.kept).map((line) => line.field),
    ]),
  );
}
