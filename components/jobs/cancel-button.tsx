"use client";

import { CircleStop } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { cancelJobAction } from "@/app/(dashboard)/jobs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { JobFacts } from "@/lib/jobs/job-state";

type Props = { job: Pick<JobFacts, "id" | "status" | "startedAt">; size?: "default" | "small" };

/** Asks once more before it stops a job that runs: the second press does it. */
export function CancelButton({ job, size }: Props) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [isPending, startTransition] = useTransition();
  const isRunning = job.status === "running";
  const hasStarted = job.startedAt !== null;

  function cancel() {
    startTransition(async () => {
      const result = await answerOf(cancelJobAction({ jobId: job.id }));
      setAsking(false);
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(
        isRunning
          ? "Stopping after the present batch. What was applied stays applied."
          : hasStarted
            ? "Cancelled. What it had done by then stays done."
            : "Cancelled. It never started.",
      );
      router.refresh();
    });
  }

  if (!isAsking) {
    return (
      <Button size={size} onClick={() => setAsking(true)}>
        <CircleStop aria-hidden />
        Cancel
      </Button>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <Button size={size} variant="danger" onClick={cancel} aria-disabled={isPending} autoFocus>
        {isPending
          ? "Stopping…"
          : isRunning
            ? "Stop this job"
            : hasStarted
              ? "Cancel this job"
              : "Remove from the queue"}
      </Button>
      <Button size={size} variant="ghost" onClick={() => setAsking(false)}>
        Keep it
      </Button>
    </span>
  );
}
