import { ChangesTab } from "@/components/runs/changes-tab";
import { FilesTab } from "@/components/runs/files-tab";
import { LogTab } from "@/components/runs/log-tab";
import { RejectionsTab } from "@/components/runs/rejections-tab";
import { TimelineTab } from "@/components/runs/timeline-tab";
import { type Actor, can } from "@/lib/auth/actor";
import { getJob } from "@/lib/jobs/get-job";
import { listRunRejections } from "@/lib/sync/list-rejections";
import type { RunDetail } from "@/lib/sync/queries";
import { getRetryState } from "@/lib/sync/retry/retry-state";
import { countChosen, listRunChanges } from "@/lib/sync/run-changes";
import { listRunEvents } from "@/lib/sync/run-events";
import type { RunPageSearch } from "@/lib/sync/search-params";

type Props = { actor: Actor; run: RunDetail; search: RunPageSearch };

/** What the open tab shows, asked for only when it is open. */
export async function RunTab({ actor, run, search }: Props) {
  switch (search.tab) {
    case "changes": {
      const { what: entity, kind, field, q } = search;
      // A deletion is answered as a whole.
      const asks = run.syncType !== "purge" && run.status === "review" && run.waiting > 0 && can(actor, "sync:review");
      const choice = { filter: { entity, kind, field, q }, except: [] };
      const [page, matching] = await Promise.all([
        listRunChanges(actor, run.id, { ...search, entity, held: false }),
        asks ? countChosen(actor, { runId: run.id, choice }) : null,
      ]);
      return <ChangesTab run={run} search={search} page={page} matching={matching} />;
    }
    case "held": {
      const { open, before, after } = search;
      const page = await listRunChanges(actor, run.id, { open, before, after, held: true });
      return <ChangesTab run={run} search={search} page={page} />;
    }
    case "rejected": {
      const [page, retry] = await Promise.all([listRunRejections(actor, run.id, search), getRetryState(actor, run.id)]);
      return <RejectionsTab run={run} search={search} page={page} retry={retry} mayMend={can(actor, "feed:run")} />;
    }
    case "timeline":
      return <TimelineTab run={run} events={await listRunEvents(actor, run)} />;
    case "files":
      return <FilesTab run={run} mayDownload={can(actor, "feed:run")} />;
    case "log":
      return <LogTab run={run} job={run.jobId ? await getJob(actor, run.jobId) : null} />;
    default:
      return search.tab satisfies never;
  }
}
