"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { changeScheduleAction, runScheduleAction } from "@/app/(dashboard)/jobs/schedules/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = {
  schedule: { id: string; name: string; version: number; isPaused: boolean };
  size?: "default" | "small";
};

/** Its job now, and whether its times count. */
export function ScheduleButtons({ schedule: { id, name, version, isPaused }, size }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function run() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(runScheduleAction({ scheduleId: id }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { jobId } = result.data;
      await showToast(`${name}: its job is on its way`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
      });
      router.refresh();
    });
  }

  function pause() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(changeScheduleAction({ scheduleId: id, version, change: { isPaused: !isPaused } }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(isPaused ? `${name} goes on` : `${name} is paused`);
      router.refresh();
    });
  }

  const isSmall = size === "small";
  return (
    <span className="inline-flex gap-1">
      <Button size={size} onClick={run} aria-disabled={isPending} aria-label={`Run now: ${name}`}>
        Run now
      </Button>
      <Button
        size={isSmall ? "icon-small" : "default"}
        onClick={pause}
        aria-disabled={isPending}
        aria-label={`${isPaused ? "Resume" : "Pause"}: ${name}`}
        title={isPaused ? "Resume" : "Pause"}
      >
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {!isSmall && (isPaused ? "Resume" : "Pause")}
      </Button>
    </span>
  );
}
