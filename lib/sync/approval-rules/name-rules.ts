import "server-only";
import { updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { listChangesWithFields, type StoredChange } from "@/lib/db/sync-changes";
import { formatCount, formatPlural } from "@/lib/format";
import type { JobContext } from "@/lib/jobs/define-job";
import { changeFields, changeLines } from "../change";
import { NEEDS_A_PERSON } from "../finish-run";
import { allowingRules } from "./approval-rule";
import { activeRules } from "./pass-rules";

/** Changes looked at together. */
const BATCH = 1_000;

/**
 * Names on each change of a dry run the rules that would let it pass; nothing passes. What all would come to is kept
 * as the run's message: "Approval rules would apply 12 of 14 changes by themselves: “Small price steps” 12."
 */
export async function nameRules(run: { id: string; sourceId: string }, context: JobContext) {
  const rules = await activeRules(db, run.sourceId);
  const counts = new Map<string, number>();
  /** Those whose product is known: the others wait whatever the rules say. */
  let all = 0;
  for (let after = 0; ; ) {
    const rows: StoredChange[] = await listChangesWithFields(db, {
      runId: run.id,
      state: "staged",
      after,
      take: BATCH,
    });
    const last = rows.at(-1);
    if (!last) break;
    const named = rows.flatMap(({ id, entity, action, kind, fields }) => {
      const rule = allowingRules({ entity, action, kind, lines: changeLines(changeFields.parse(fields)) }, rules);
      return rule === null ? [] : [{ id, rule }];
    });
    for (const { rule } of named) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await updateRows(tx, "SyncChange", ["id"], named);
    });
    all += rows.filter(({ kind }) => !(NEEDS_A_PERSON as readonly string[]).includes(kind)).length;
    after = last.id;
  }
  if (all === 0) return;
  const message = rulesWords(counts, all);
  context.log(message);
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.update({ where: { id: run.id }, data: { messages: [message] }, select: { id: true } });
  });
}

function rulesWords(counts: ReadonlyMap<string, number>, all: number): string {
  const passing = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (passing === 0)
    return `No approval rule would let any of the ${formatPlural(all, "change")} pass: all would wait.`;
  const by = [...counts].sort(([, a], [, b]) => b - a).map(([rule, count]) => `“${rule}” ${formatCount(count)}`);
  return `Approval rules would apply ${formatCount(passing)} of ${formatPlural(all, "change")} by themselves: ${by.join("; ")}.`;
}
