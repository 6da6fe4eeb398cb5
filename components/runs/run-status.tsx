import { StatusDot } from "@/components/ui/status";
import type { JobFacts } from "@/lib/jobs/job-state";
import type { RunRow } from "@/lib/sync/queries";
import { runState } from "@/lib/sync/run-words";

type Props = {
  run: Pick<RunRow, "status" | "isDryRun" | "heldReason"> & {
    job?: Pick<JobFacts, "isSilent" | "status" | "pauseRequested"> | null;
  };
};

/** A run's state; one whose worker went silent says so. */
export function RunStatus({ run }: Props) {
  if (run.status === "running" && run.job?.isSilent) return <StatusDot tone="red">lost its worker</StatusDot>;
  if (run.status === "running" || run.status === "pending") {
    if (run.job?.status === "paused") return <StatusDot tone="amber">paused</StatusDot>;
    if (run.job?.pauseRequested) return <StatusDot tone="blue">pausing</StatusDot>;
  }
  const { words, tone } = runState(run);
  return <StatusDot tone={tone}>{words}</StatusDot>;
}
