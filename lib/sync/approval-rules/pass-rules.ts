import "server-only";
import { type BulkRow, updateRows } from "@/lib/db/bulk";
import { db, type Reader, transaction } from "@/lib/db/client";
import { listChangesWithFields, type StoredChange } from "@/lib/db/sync-changes";
import type { JobContext } from "@/lib/jobs/define-job";
import { changeFields, changeLines } from "../change";
import { changeMetadata } from "../change-metadata";
import { runMetadata } from "../run-metadata";
import { allowingRules, type Rule } from "./approval-rule";

/** Changes held against the rules in one transaction. */
const BATCH = 1_000;

/**
 * Approves what the rules allow of a run's staged changes, and names the rule on each. Killed anywhere, it goes on with
 * the batch it was at; a run that was not asked to use rules is left alone.
 */
export async function passRules(run: { id: string; sourceId: string }, context: JobContext) {
  const { metadata } = await db.syncHistory.findUniqueOrThrow({ where: { id: run.id }, select: { metadata: true } });
  const { rulesAfter } = runMetadata.parse(metadata ?? {});
  if (rulesAfter === undefined) return;
  const rules = await activeRules(db, run.sourceId);
  let passed = 0;
  for (let after = rulesAfter; ; ) {
    const where = { runId: run.id, state: "staged", after, take: BATCH };
    const rows: StoredChange[] = rules.length > 0 ? await listChangesWithFields(db, where) : [];
    const last = rows.at(-1);
    const approved = rows.flatMap((row) => passOf(row, rules));
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await updateRows(tx, "SyncChange", ["id"], approved);
      await changeMetadata(tx, run.id, ({ rulesAfter: _, ...rest }) =>
        last ? { ...rest, rulesAfter: last.id } : rest,
      );
    });
    passed += approved.length;
    if (!last) break;
    after = last.id;
  }
  if (rules.length > 0) context.log(`Approval rules let ${passed} changes pass`);
}

function passOf(row: StoredChange, rules: Rule[]): BulkRow[] {
  const { id, entity, action, kind } = row;
  const lines = changeLines(changeFields.parse(row.fields));
  const rule = allowingRules({ entity, action, kind, lines }, rules);
  return rule === null ? [] : [{ id, state: "approved", rule, answeredAt: new Date(), answer: "approved" }];
}

/** The rules in force for a source, in the order they are asked. */
export async function activeRules(on: Reader, sourceId: string): Promise<Rule[]> {
  return on.approvalRule.findMany({
    where: { isActive: true, OR: [{ sourceId: null }, { sourceId }] },
    select: { name: true, sourceId: true, field: true, maxIncreasePercent: true, maxDecreasePercent: true },
    orderBy: [{ name: "asc" }],
  });
}
