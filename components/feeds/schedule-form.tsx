"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { saveScheduleAction } from "@/app/(dashboard)/feeds/actions";
import { ScheduleFields, scheduleDraftOf, scheduleOf } from "@/components/jobs/schedules/schedule-fields";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = {
  sourceId: string;
  version: number;
  schedule: { cron: string; timeZone: string } | null;
  isPaused: boolean;
};

export function ScheduleForm({ sourceId, version, schedule, isPaused }: Props) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => scheduleDraftOf(schedule, "UTC"));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isPending, startTransition] = useTransition();

  function save(next: { isPaused: boolean }) {
    if (isPending) return;
    const wanted = scheduleOf(draft);
    startTransition(async () => {
      const result = await answerOf(
        saveScheduleAction({ sourceId, version, schedule: wanted, isPaused: next.isPaused }),
      );
      if (!result.ok) {
        const { fields = {}, message } = result.error;
        return setErrors({
          cron: fields["schedule.cron"] ?? "",
          timeZone: fields["schedule.timeZone"] ?? "",
          form: message,
        });
      }
      setErrors({});
      await showToast(
        !wanted ? "Fetched by hand alone from now on" : next.isPaused ? "Schedule paused" : "Schedule saved",
      );
      router.refresh();
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save({ isPaused });
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <ScheduleFields
        label="Fetch"
        noneLabel="by hand alone"
        draft={draft}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        errors={errors}
      />
      {errors.form && (
        <p role="alert" className="text-red">
          {errors.form}
        </p>
      )}
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {isPending ? "Saving…" : "Save schedule"}
        </Button>
        {schedule && (
          <Button onClick={() => save({ isPaused: !isPaused })} aria-disabled={isPending}>
            {isPaused ? "Resume schedule" : "Pause schedule"}
          </Button>
        )}
        {schedule && isPaused && <span className="text-amber">Paused: nothing is fetched by itself.</span>}
      </div>
    </form>
  );
}
