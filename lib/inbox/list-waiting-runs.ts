import "server-only";
import { db } from "@/lib/db/client";
import type { OpenFilter } from "@/lib/db/inbox";
import { type NewestOfSource, newestOfSources } from "@/lib/db/newest-of-sources";
import { formatPlural } from "@/lib/format";
import { categoriesOfRuns } from "@/lib/sync/run-categories";
import { parseMessages } from "@/lib/sync/run-json";
import { RUN_COUNTS, type RunFound, runCounts, runFound, runSummary } from "@/lib/sync/run-words";
import type { InboxRow } from "./inbox-row";

/** Waiting runs are few; beyond this many the oldest are shown until they are answered. */
const MOST = 200;

type Bare = Omit<InboxRow, "assignee" | "comments">;

/** Runs that wait for review, and sources whose last run or fetch failed; oldest first. */
export async function listWaitingRuns(
  filter: Omit<OpenFilter, "kinds">,
  wanted: { review: boolean; failed: boolean },
): Promise<Bare[]> {
  const newest = wanted.failed ? await newestOfSources({ ended: true }) : [];
  const [reviews, failures, fetches] = await Promise.all([
    wanted.review ? waitingRuns() : [],
    failedRuns(newest),
    failedFetches(newest),
  ]);
  const rows = [...reviews, ...failures, ...fetches].filter((row) => fits(row, filter));
  const kept = await ofAssignee(rows, filter.assignee);
  return kept.sort((a, b) => a.since.getTime() - b.since.getTime() || (a.subject < b.subject ? -1 : 1));
}

const runSelect = {
  ...RUN_COUNTS,
  id: true,
  number: true,
  source: true,
  feedSourceId: true,
  heldReason: true,
  processed: true,
  errors: true,
  startedAt: true,
  completedAt: true,
  createdAt: true,
} as const;

async function waitingRuns(): Promise<Bare[]> {
  const runs = await db.syncHistory.findMany({
    where: { status: "review", isDryRun: false },
    select: runSelect,
    orderBy: { number: "asc" },
    take: MOST,
  });
  const categories = await categoriesOfRuns(runs);
  return runs.map((run) => {
    const found = runFound({ counts: runCounts(run), categories: categories.get(run.id) });
    return {
      subject: `run:${run.id}`,
      kind: "review",
      since: run.startedAt ?? run.createdAt,
      code: `Run ${run.number}`,
      title: `Review ${formatPlural(waiting(run.processed, found), "change")} of ${run.source}`,
      detail: run.heldReason ?? runSummary({ ...found, counts: { ...found.counts, repeated: 0, unchanged: 0 } }),
      source: run.source,
      sourceId: run.feedSourceId,
      run: run.number,
    };
  });
}

/** What rules or reviewers have let pass waits no more. */
function waiting(processed: number, { counts }: RunFound) {
  return Math.max(0, counts.added + counts.changed + counts.missing - processed);
}

/** Of each source the newest run, where it failed: a later one settles it. */
async function failedRuns(newest: NewestOfSource[]): Promise<Bare[]> {
  const runs = await db.syncHistory.findMany({
    where: { number: { in: newest.flatMap(({ runNumber }) => runNumber ?? []) }, status: "failed" },
    select: runSelect,
  });
  return runs.map((run) => ({
    subject: `run:${run.id}`,
    kind: "failed",
    since: run.completedAt ?? run.createdAt,
    code: `Run ${run.number}`,
    title: `${run.source} failed`,
    detail: parseMessages(run.errors)[0]?.text ?? "The run did not end. Its page says how far it came.",
    source: run.source,
    sourceId: run.feedSourceId,
    run: run.number,
  }));
}

/** Of each active source the newest fetch, where it failed. */
async function failedFetches(newest: NewestOfSource[]): Promise<Bare[]> {
  const fetches = await db.feedFetch.findMany({
    where: {
      id: { in: newest.flatMap(({ fetchId }) => fetchId ?? []) },
      outcome: "failed",
      source: { isActive: true },
    },
    select: { id: true, sourceId: true, message: true, startedAt: true, source: { select: { name: true } } },
  });
  return fetches.map((fetch) => ({
    subject: `fetch:${fetch.id}`,
    kind: "failed",
    since: fetch.startedAt,
    code: "",
    title: `${fetch.source.name} could not be fetched`,
    detail: fetch.message,
    source: fetch.source.name,
    sourceId: fetch.sourceId,
    run: null,
  }));
}

function fits(row: Bare, { sourceId, q }: Omit<OpenFilter, "kinds">) {
  if (sourceId && row.sourceId !== sourceId) return false;
  return !q || `${row.code} ${row.title} ${row.detail}`.toLowerCase().includes(q.toLowerCase());
}

async function ofAssignee(rows: Bare[], assignee: string | undefined) {
  if (!assignee) return rows;
  const assigned = await db.inboxAssignment.findMany({ where: { subject: { in: rows.map((row) => row.subject) } } });
  const whose = new Map(assigned.map((row) => [row.subject, row.assigneeId]));
  return rows.filter((row) => (whose.get(row.subject) ?? "nobody") === assignee);
}
