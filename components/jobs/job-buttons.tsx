"use client";

import { Pause, Play, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { pauseJobAction, resumeJobAction, retryJobAction } from "@/app/(dashboard)/jobs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { canCancel, canPause, canResume } from "@/lib/jobs/job-controls";
import type { JobFacts } from "@/lib/jobs/job-state";
import { CancelButton } from "./cancel-button";

type Props = {
  job: Pick<JobFacts, "id" | "status" | "startedAt" | "cancelRequested" | "pauseRequested"> & { canRetry?: boolean };
  size?: "default" | "small";
};

/** What a person can ask of a job as it stands: pause, go on, run again, end. */
export function JobButtons({ job, size }: Props) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {canPause(job) && (
        <AskButton
          job={job}
          size={size}
          icon={Pause}
          words="Pause"
          action={pauseJobAction}
          told={
            job.status === "running"
              ? "Pausing after the present batch. What is done stays done."
              : "Paused. It keeps its place until somebody resumes it."
          }
        />
      )}
      {canResume(job) && (
        <AskButton
          job={job}
          size={size}
          icon={Play}
          words="Resume"
          action={resumeJobAction}
          told="It goes on from where it stopped."
        />
      )}
      {job.canRetry && (
        <AskButton
          job={job}
          size={size}
          icon={RotateCcw}
          words="Run again"
          action={retryJobAction}
          told="Back on the queue, with all its tries."
        />
      )}
      {canCancel(job) && <CancelButton job={job} size={size} />}
    </span>
  );
}

type AskProps = Props & {
  icon: typeof Pause;
  words: string;
  action: typeof pauseJobAction;
  /** What the toast says when it was granted. */
  told: string;
};

function AskButton({ job, size, icon: Icon, words, action, told }: AskProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function ask() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(action({ jobId: job.id }));
      await (result.ok ? showToast(told) : showToast(result.error.message, { tone: "error" }));
      router.refresh();
    });
  }

  return (
    <Button size={size} onClick={ask} aria-disabled={isPending}>
      <Icon aria-hidden />
      {words}
    </Button>
  );
}
