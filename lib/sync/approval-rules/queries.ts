import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { listChangesWithFields } from "@/lib/db/sync-changes";
import { changeFields, changeLines } from "../change";
import { NEEDS_A_PERSON } from "../finish-run";
import { READS_WHOLE_FEED } from "../run-triggers";
import { allowingRules, type Rule } from "./approval-rule";
import { activeRules } from "./pass-rules";

export type RuleRow = Awaited<ReturnType<typeof listRules>>[number];

/** All rules by name, switched-off ones included. */
export function listRules(actor: Actor) {
  assertCan(actor, "sync:read");
  return db.approvalRule.findMany({
    select: {
      id: true,
      name: true,
      sourceId: true,
      field: true,
      maxIncreasePercent: true,
      maxDecreasePercent: true,
      isActive: true,
      version: true,
      updatedAt: true,
      source: { select: { name: true } },
    },
    orderBy: [{ name: "asc" }],
  });
}

export interface RuleTrial {
  /** The run's number. */
  run: number;
  source: string;
  /** Changes looked at that a rule could let pass. */
  changes: number;
  /** Of these, with the rules as they are tried. */
  passed: number;
  /** Of these, with the rules as they stand. */
  passedNow: number;
  /** Only the first changes of a large run were looked at. */
  isCapped: boolean;
}

/** Changes of one run that a trial looks at, and how many are read together. */
const MOST_TRIED = 2_000;
const BATCH = 1_000;

/**
 * What rules would have let pass of the last run of each source that changed anything: with `draft` beside, or instead
 * of, the rules that stand. Runs that a guard held are left out: of those no rule lets anything pass.
 * @param draft.replaces the id of the rule that it takes the place of
 */
export async function tryRules(actor: Actor, draft: { rule: Rule | null; replaces?: string }): Promise<RuleTrial[]> {
  assertCan(actor, "sync:read");
  const replaced = draft.replaces
    ? await db.approvalRule.findUnique({ where: { id: draft.replaces }, select: { name: true } })
    : null;
  const trials: RuleTrial[] = [];
  for (const run of await lastChangingRuns(draft.rule?.sourceId ?? null)) {
    const now = await activeRules(db, run.sourceId);
    const others = now.filter(({ name }) => name !== replaced?.name);
    const trial = await tryOn(run, now, draft.rule ? [...others, draft.rule] : others);
    // A run since undone has none left to try.
    if (trial.changes > 0) trials.push(trial);
  }
  return trials;
}

interface TriedRun {
  id: string;
  number: number;
  source: string;
  sourceId: string;
}

async function lastChangingRuns(sourceId: string | null): Promise<TriedRun[]> {
  const newest = await db.syncHistory.groupBy({
    by: ["feedSourceId"],
    where: {
      feedSourceId: sourceId ?? { not: null },
      isDryRun: false,
      heldReason: null,
      prunedAt: null,
      trigger: { in: [...READS_WHOLE_FEED] },
      OR: [{ updated: { gt: 0 } }, { missing: { gt: 0 } }],
    },
    _max: { number: true },
  });
  const runs = await db.syncHistory.findMany({
    where: { number: { in: newest.flatMap((group) => group._max.number ?? []) } },
    select: { id: true, number: true, source: true, feedSourceId: true },
    orderBy: { number: "desc" },
    take: 4,
  });
  return runs.flatMap(({ feedSourceId, ...run }) => (feedSourceId ? [{ ...run, sourceId: feedSourceId }] : []));
}

async function tryOn(run: TriedRun, now: Rule[], tried: Rule[]): Promise<RuleTrial> {
  const trial = { run: run.number, source: run.source, changes: 0, passed: 0, passedNow: 0, isCapped: false };
  for (const state of ["staged", "approved", "applied", "rejected"]) {
    for (let after = 0; ; ) {
      if (trial.changes >= MOST_TRIED) return { ...trial, isCapped: true };
      const rows = await listChangesWithFields(db, { runId: run.id, state, after, take: BATCH });
      const last = rows.at(-1);
      if (!last) break;
      for (const row of rows) {
        if ((NEEDS_A_PERSON as readonly string[]).includes(row.kind)) continue;
        const change = { ...row, lines: changeLines(changeFields.parse(row.fields)) };
        trial.changes++;
        if (allowingRules(change, tried)) trial.passed++;
        if (allowingRules(change, now)) trial.passedNow++;
      }
      after = last.id;
    }
  }
  return trial;
}
