import { StatusDot } from "@/components/ui/status";
import type { RunRow } from "@/lib/sync/queries";
import { runState } from "@/lib/sync/run-words";

type Props = {
  run: Pick<RunRow, "status" | "isDryRun" | "heldReason"> & { job?: { isSilent: boolean } | null };
};

/** A run's state; one whose worker went silent says so. */
export function RunStatus({ run }: Props) {
  if (run.status === "running" && run.job?.isSilent) return <StatusDot tone="red">lost its worker</StatusDot>;
  const { words, tone } = runState(run);
  return <StatusDot tone={tone}>{words}</StatusDot>;
}
