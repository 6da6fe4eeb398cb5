import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { JobButtons } from "@/components/jobs/job-buttons";
import { LiveProgress } from "@/components/jobs/live-progress";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { RunHead } from "@/components/runs/run-head";
import { Tabs } from "@/components/ui/tabs";
import { actorUserId, can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { hrefWith } from "@/lib/href";
import { isRetryable } from "@/lib/jobs/job-rows";
import { liveJob } from "@/lib/jobs/live-job";
import { isWorkerAlive } from "@/lib/jobs/queries";
import { whyNotBy } from "@/lib/purge/assert-deletable";
import { getRun, type RunDetail } from "@/lib/sync/queries";
import { isPersonRun } from "@/lib/sync/run-triggers";
import { heldCount } from "@/lib/sync/run-words";
import { parseRunPageSearch, type RunPageSearch } from "@/lib/sync/search-params";
import { getUndoState } from "@/lib/sync/undo/undo-state";
import { RunTab } from "./run-tab";

export async function generateMetadata({ params }: PageProps<"/syncs/[number]">): Promise<Metadata> {
  return { title: `Run ${(await params).number}` };
}

export default async function RunPage({ params, searchParams }: PageProps<"/syncs/[number]">) {
  const actor = await requireActor();
  const number = z.coerce
    .number()
    .int()
    .min(1)
    .safeParse((await params).number).data;
  const asked = parseRunPageSearch(await searchParams);
  const [run, hasWorker] = await Promise.all([number ? getRun(actor, number) : null, isWorkerAlive(actor)]);
  if (!run) notFound();
  const search = { ...asked, what: changedWhat(run, asked.what) };
  const isWorking = run.status === "running" || run.status === "pending" || run.job?.status === "running";
  return (
    <>
      <RunHead
        run={run}
        mayReview={can(actor, run.syncType === "purge" ? "data:purge" : "sync:review")}
        whyNot={run.syncType === "purge" && run.status === "review" ? await whyNotBy(actor, run.userId) : null}
        mayWithdraw={run.syncType === "proposal" && run.userId === actorUserId(actor)}
        undo={await getUndoState(actor, run.id)}
      />
      {isWorking && !hasWorker && <NoWorker />}
      {isWorking && run.job && (
        <div className="flex gap-x-4 gap-y-2 px-4 pb-3 max-sm:flex-col sm:items-center">
          <LiveProgress key={`${run.job.id}-${run.job.status}`} initial={liveJob(run.job)} name={run.job.displayName} />
          {can(actor, "job:control") && <JobButtons job={run.job} />}
        </div>
      )}
      {run.status === "failed" && run.job && isRetryable(run.job) && can(actor, "job:control") && (
        <div className="px-4 pb-3">
          <JobButtons job={{ ...run.job, canRetry: true }} />
        </div>
      )}
      <Tabs label="Run" tabs={tabsOf(run, search)} />
      <RunTab actor={actor} run={run} search={search} />
      <RefreshWhile isActive={isWorking} />
    </>
  );
}

/** A run that changed categories alone shows those. */
function changedWhat({ kindsOf }: RunDetail, asked: RunPageSearch["what"]) {
  const isOfCategories = Object.keys(kindsOf.product).length === 0 && Object.keys(kindsOf.category).length > 0;
  return isOfCategories ? "category" : asked;
}

function tabsOf(run: RunDetail, search: RunPageSearch) {
  const held = heldCount(run);
  const changes = Object.values(run.kinds).reduce((sum, count) => sum + count, 0) - held;
  const tabs = [
    { tab: "changes", label: "Changes", count: changes },
    { tab: "rejected", label: "Rejected", count: run.rejections },
    { tab: "held", label: "Held", count: held },
    { tab: "timeline", label: "Timeline" },
    { tab: "files", label: "Files", count: run.files.length },
    { tab: "log", label: "Log" },
  ] as const;
  // A person's run reads no files and asks nobody which product is meant.
  const shown = isPersonRun(run.syncType) ? tabs.filter(({ tab }) => tab !== "held" && tab !== "files") : tabs;
  return shown.map((entry) => ({
    ...entry,
    href: hrefWith(`/syncs/${run.number}`, { tab: entry.tab }),
    isCurrent: entry.tab === search.tab,
  }));
}
