"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { createSourceAction } from "@/app/(dashboard)/feeds/actions";
import { ScheduleFields, scheduleDraftOf, scheduleOf } from "@/components/jobs/schedules/schedule-fields";
import { answerOf } from "@/components/ui/answer-of";
import { FormEnd } from "@/components/ui/form-end";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";
import { type ConnectionDraft, connectionErrors, EMPTY_CONNECTION, inputOf } from "./connection-draft";
import { ConnectionFields } from "./connection-fields";
import { ConnectionTest } from "./connection-test";
import { SourceFields } from "./source-fields";

/** A new source, step by step: what it is, where it lies, whether that works, when to look. */
export function NewSourceForm() {
  const router = useRouter();
  const [choice, setChoice] = useState({ sourceId: "", name: "", kind: "etilize" as FeedKind });
  const [draft, setDraft] = useState<ConnectionDraft>({ ...EMPTY_CONNECTION, type: "sftp" });
  const [schedule, setSchedule] = useState(() => scheduleDraftOf(null, "UTC"));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const form = useFirstError(errors);
  const [isPending, startTransition] = useTransition();
  const change = (part: Partial<ConnectionDraft>) => setDraft((now) => ({ ...now, ...part }));
  const isFetched = draft.type !== "upload";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(
        createSourceAction({
          name: choice.name,
          kind: choice.kind,
          connection: inputOf(draft),
          schedule: isFetched ? scheduleOf(schedule) : null,
        }),
      );
      if (!result.ok) {
        const { fields, message } = result.error;
        const found = connectionErrors(fields);
        return setErrors({
          ...found,
          cron: fields?.["schedule.cron"] ?? "",
          timeZone: fields?.["schedule.timeZone"] ?? "",
          form: message,
        });
      }
      await showToast(`${choice.name.trim()} is a source now`);
      router.push(isFetched ? `/feeds/${result.data.id}` : `/feeds?source=${result.data.id}#import`);
    });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-3xl gap-7">
      <Step number={1} title="What it is">
        <SourceFields sources={[]} choice={choice} onChange={setChoice} nameError={errors.name} />
      </Step>
      <Step number={2} title="Where it comes from">
        <ConnectionFields draft={draft} onChange={change} errors={errors} saved={{}} />
      </Step>
      {isFetched && (
        <>
          <Step number={3} title="Whether that works">
            <ConnectionTest sourceId={null} draft={draft} onChange={change} onErrors={setErrors} />
          </Step>
          <Step number={4} title="When it is fetched">
            <ScheduleFields
              label="Fetch"
              noneLabel="by hand alone"
              draft={schedule}
              onChange={(part) => setSchedule((now) => ({ ...now, ...part }))}
              errors={errors}
            />
          </Step>
        </>
      )}
      <FormEnd error={errors.form} isPending={isPending} pending="Adding…" size="large">
        Add source
      </FormEnd>
    </form>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 flex items-baseline gap-2 text-lg">
        <span className="tabular text-muted">{number}</span>
        {title}
      </h2>
      {children}
    </section>
  );
}
