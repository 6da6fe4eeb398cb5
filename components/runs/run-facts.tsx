import Link from "next/link";
import { formatDuration, formatPercent, formatPlural } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";
import { runFound, successRate } from "@/lib/sync/run-words";

/** What it was, with the ways to its source and its job. */
export function RunFacts({ run }: { run: RunDetail }) {
  return (
    <p className="tabular text-xs text-muted">
      {facts(run)}
      {run.feedSourceId && (
        <>
          {" · "}
          <Link href={`/feeds/${run.feedSourceId}`} className="text-accent underline">
            Source
          </Link>
        </>
      )}
      {run.job && (
        <>
          {" · "}
          <Link href={`/jobs/${run.job.id}`} className="text-accent underline">
            Job
          </Link>
        </>
      )}
    </p>
  );
}

function facts(run: RunDetail) {
  const rows = run.files.reduce((sum, file) => sum + file.rowsRead, 0);
  const rate = successRate(runFound(run).counts, run.failed);
  const parts = [`Started by ${run.startedBy}`];
  if (rows > 0) parts.push(`${formatPlural(rows, "row")} read in ${formatPlural(run.files.length, "file")}`);
  if (rate !== null) parts.push(`${formatPercent(rate)} good`);
  const reading = run.stages.reduce((sum, { startedAt, finishedAt }) => {
    return finishedAt ? sum + (finishedAt.getTime() - startedAt.getTime()) / 1000 : sum;
  }, 0);
  if (reading > 0) parts.push(`${formatDuration(reading)} at work`);
  if (run.isDryRun) parts.push("0 writes to the catalogue");
  return parts.join(" · ");
}
