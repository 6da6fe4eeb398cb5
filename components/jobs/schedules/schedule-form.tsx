"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useState, useTransition } from "react";
import { changeScheduleAction, createScheduleAction } from "@/app/(dashboard)/jobs/schedules/actions";
import { ParameterFields } from "@/components/jobs/parameters/parameter-fields";
import { answerOf } from "@/components/ui/answer-of";
import { Field } from "@/components/ui/field";
import { FormEnd } from "@/components/ui/form-end";
import { Input, Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { Choice } from "@/lib/jobs/choices";
import type { FormValue } from "@/lib/jobs/form-values";
import type { JobForm } from "@/lib/jobs/new-job-form";
import { ScheduleFields, scheduleDraftOf, scheduleOf } from "./schedule-fields";
import { useBrowserZone } from "./zone-select";

interface Stored {
  id: string;
  version: number;
  name: string;
  cron: string;
  timeZone: string;
  missedPolicy: string;
  priority: number;
}

type Props = {
  jobType: string;
  form: JobForm;
  /** What it starts out as, for a new one. */
  usualName: string;
  schedule: Stored | null;
};

const NO_ERRORS: Record<string, string> = {};

/** A new schedule of a kind of job, or a change of one. What was entered stays until it is saved. */
export function ScheduleForm({
  jobType,
  form: { fields, values: initial, chosen: first },
  usualName,
  schedule,
}: Props) {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [chosen, setChosen] = useState(first);
  const [entered, setDraft] = useState(() => usualDraft(schedule));
  const zone = useBrowserZone();
  // Whoever makes a schedule means their own clock, until they choose another.
  const draft = entered.timeZone ? entered : { ...entered, timeZone: zone };
  const [errors, setErrors] = useState(NO_ERRORS);
  const [isPending, startTransition] = useTransition();
  const form = useFirstError(errors);

  const change = useCallback((name: string, value: FormValue, choices?: Choice[]) => {
    setValues((now) => ({ ...now, [name]: value }));
    if (choices) setChosen((now) => ({ ...now, [name]: choices }));
  }, []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const when = scheduleOf(draft);
    if (isPending || !when) return;
    const facts = {
      name: String(given.get("name")),
      when,
      missedPolicy: given.get("missedPolicy") === "skip" ? ("skip" as const) : ("once" as const),
      priority: Number(given.get("priority")) || 0,
    };
    startTransition(async () => {
      const isSame = JSON.stringify(values) === JSON.stringify(initial);
      const result = schedule
        ? await answerOf(
            changeScheduleAction({
              scheduleId: schedule.id,
              version: schedule.version,
              // What it starts is sent only when it is another: whoever changes that makes the schedule theirs.
              change: { ...facts, ...(!isSame && { parameters: values }) },
            }),
          )
        : await answerOf(createScheduleAction({ ...facts, jobType, parameters: values }));
      if (!result.ok) return setErrors(errorsOf(result.error));
      setErrors(NO_ERRORS);
      await showToast("Schedule saved");
      if (schedule) router.refresh();
      else router.push("/jobs/schedules");
    });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-2xl grid-cols-1 content-start gap-4">
      <Field label="Name" error={errors.name}>
        {(control) => <Input {...control} name="name" defaultValue={schedule?.name ?? usualName} />}
      </Field>
      <ScheduleFields
        label="Start"
        draft={draft}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        errors={errors}
      />
      {fields.length > 0 && (
        <fieldset className="grid grid-cols-1 gap-4 border-t pt-3">
          <legend className="sr-only">What the job is given</legend>
          <ParameterFields fields={fields} values={values} chosen={chosen} errors={errors} onChange={change} />
        </fieldset>
      )}
      <div className="grid grid-cols-1 items-start gap-3 border-t pt-3 sm:grid-cols-2">
        <Field label="Times missed while no worker ran" help="Later than 5 minutes counts as missed.">
          {(control) => (
            <Select {...control} name="missedPolicy" defaultValue={schedule?.missedPolicy ?? "once"}>
              <option value="once">one job makes up for all</option>
              <option value="skip">are left out</option>
            </Select>
          )}
        </Field>
        <Field label="Priority" help="The larger goes first; 0 is usual." error={errors.priority}>
          {(control) => (
            <Input
              {...control}
              name="priority"
              type="number"
              min={-100}
              max={100}
              defaultValue={schedule?.priority ?? 0}
              className="w-24"
            />
          )}
        </Field>
      </div>
      <FormEnd error={errors.form} isPending={isPending} pending="Saving…" size="large">
        {schedule ? "Save schedule" : "Make schedule"}
      </FormEnd>
    </form>
  );
}

/** A new one begins with two o'clock at night. */
function usualDraft(schedule: Stored | null) {
  return schedule ? scheduleDraftOf(schedule, "UTC") : { ...scheduleDraftOf(null, ""), kind: "daily" as const };
}

/** Beside the fields where they name one; the sentence of all of it below. */
function errorsOf({ message, fields = {} }: { message: string; fields?: Record<string, string> }) {
  const own = Object.entries(fields).map(([name, sentence]) => {
    const field = name.replace(/^change\./, "").replace(/^(parameters|when)\./, "");
    return [field, sentence] as const;
  });
  return { form: message, ...Object.fromEntries(own) };
}
