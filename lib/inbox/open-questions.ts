import "server-only";
import { updateRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import type { ChangeFields } from "@/lib/sync/change";
import { asksPerson } from "./asks-person";

/** Rows opened in one transaction. */
const BATCH = 1_000;

/** Once a run has been staged: its rows that only a person can name a product for are in the inbox from now on. */
export async function openHeldRows(run: { id: string; isDryRun: boolean }) {
  if (run.isDryRun) return;
  for (;;) {
    const rows = await db.syncChange.findMany({
      where: { runId: run.id, kind: { in: ["ambiguous", "unmatched"] }, state: "staged", openSince: null },
      select: { id: true },
      take: BATCH,
    });
    if (rows.length === 0) return;
    const openSince = new Date();
    await transaction((tx) =>
      tx.syncChange.updateMany({ where: { id: { in: rows.map((row) => row.id) } }, data: { openSince } }),
    );
  }
}

interface AppliedChange {
  id: number;
  kind: string;
  fields: ChangeFields;
}

/** With a batch that is applied: where the feed now says other than what a person keeps, a person is asked. */
export async function openConflicts(tx: Tx, batch: AppliedChange[]) {
  const openSince = new Date();
  const asking = batch.filter((change) => change.kind !== "missing" && change.fields.update?.some(asksPerson));
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    asking.map(({ id }) => ({ id, openSince })),
  );
}
