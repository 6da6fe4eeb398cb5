"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";

/** Asks for a job and follows it: its id while it is under way, and a toast that leads to it. */
export function usePictureJob(ask: () => Promise<Result<{ jobId: string }>>, told: string) {
  const router = useRouter();
  const [jobId, setJobId] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function start() {
    if (isPending || jobId) return;
    startTransition(async () => {
      const result = await answerOf(ask());
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const asked = result.data.jobId;
      setJobId(asked);
      await showToast(told, { action: { label: "Open the job", onClick: () => router.push(`/jobs/${asked}`) } });
    });
  }

  return { start, jobId, isBusy: isPending || jobId !== undefined, ended: () => setJobId(undefined) };
}
