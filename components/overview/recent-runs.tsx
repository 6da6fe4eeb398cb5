import Link from "next/link";
import { RunBar } from "@/components/runs/run-bar";
import { RunKind } from "@/components/runs/run-kind";
import { RunStatus } from "@/components/runs/run-status";
import { Time } from "@/components/ui/time";
import type { RunRow } from "@/lib/sync/queries";
import { countItems, runFound, runSummary, undoSummary } from "@/lib/sync/run-words";

/** What came in: the last runs in a line and a bar each. */
export function RecentRuns({ runs }: { runs: RunRow[] }) {
  return (
    <section aria-labelledby="recent-runs">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="recent-runs" className="text-xs text-muted">
          What came in
        </h2>
        <Link href="/syncs" className="text-xs text-accent hover:underline">
          All syncs
        </Link>
      </div>
      <ul className="rounded-md border bg-panel">
        {runs.map((run) => (
          <li
            key={run.id}
            className="relative grid gap-x-4 gap-y-1 border-line-soft px-3 py-2 not-last:border-b hover:bg-hover sm:grid-cols-[minmax(0,1fr)_13rem]"
          >
            <div className="flex min-w-0 items-baseline gap-2">
              <span className="mono text-faint">{run.number}</span>
              <Link href={`/syncs/${run.number}`} className="row-link truncate font-medium">
                {run.source}
              </Link>
              <RunKind run={run} />
            </div>
            <div className="flex items-baseline justify-between gap-3 text-xs text-muted">
              <RunStatus run={run} />
              <Time at={run.startedAt ?? run.createdAt} />
            </div>
            {(run.trigger === "undo" ? run.completedAt : countItems(runFound(run).counts) > 0) && (
              <>
                <p className="tabular text-xs text-muted">
                  {run.trigger === "undo" ? undoSummary(run) : runSummary(runFound(run))}
                </p>
                <div className="self-center">
                  <RunBar found={runFound(run)} small />
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
