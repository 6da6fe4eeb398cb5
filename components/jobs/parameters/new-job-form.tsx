"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useState, useTransition } from "react";
import { startJobAction } from "@/app/(dashboard)/jobs/new/actions";
import { answerOf } from "@/components/ui/answer-of";
import { FormEnd } from "@/components/ui/form-end";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { Choice } from "@/lib/jobs/choices";
import { type FormValue, type FormValues, shownFields } from "@/lib/jobs/form-values";
import type { JobField } from "@/lib/jobs/job-fields";
import { ParameterFields } from "./parameter-fields";
import { SENDING } from "./upload-field";

type Props = {
  type: string;
  displayName: string;
  fields: JobField[];
  initial: FormValues;
  initialChosen: Record<string, Choice[]>;
  /** The job that is run again. */
  clonedFromId: string | undefined;
};

const NO_ERRORS: Record<string, string> = {};

/** Starts a job of a kind. What was entered stays until it has started. */
export function NewJobForm({ type, displayName, fields, initial, initialChosen, clonedFromId }: Props) {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [chosen, setChosen] = useState(initialChosen);
  const [errors, setErrors] = useState(NO_ERRORS);
  const [isPending, startTransition] = useTransition();
  const form = useFirstError(errors);
  const shown = shownFields(fields, values);
  const isDryRun = values.dryRun === true;

  const change = useCallback((name: string, value: FormValue, choices?: Choice[]) => {
    setValues((now) => ({ ...now, [name]: value }));
    if (choices) setChosen((now) => ({ ...now, [name]: choices }));
    setErrors((now) => {
      if (!now[name] && !now.form) return now;
      const { [name]: _, form: __, ...others } = now;
      return others;
    });
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const sending = shown.find(({ name }) => Array.isArray(values[name]) && values[name].includes(SENDING));
    if (sending) return setErrors({ [sending.name]: "Wait until every file has arrived." });
    startTransition(async () => {
      const parameters = Object.fromEntries(shown.map(({ name }) => [name, values[name]]));
      const result = await answerOf(startJobAction({ type, parameters, clonedFromId }));
      if (!result.ok) return setErrors(errorsOf(result.error, shown));
      await showToast(`${displayName}: on its way`);
      router.push(`/jobs/${result.data.jobId}`);
    });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-2xl content-start gap-4">
      <ParameterFields fields={fields} values={values} chosen={chosen} errors={errors} onChange={change} />
      {fields.length === 0 && <p className="text-muted">There is nothing to choose: it works on all there is.</p>}
      <FormEnd error={errors.form} isPending={isPending} pending="Starting…" size="large">
        {isDryRun ? "Start dry run" : "Start"}
      </FormEnd>
    </form>
  );
}

/** Beside the fields where they are the form's; else below it. */
function errorsOf({ message, fields = {} }: { message: string; fields?: Record<string, string> }, known: JobField[]) {
  const own = Object.entries(fields).flatMap(([name, sentence]) => {
    const field = known.find((one) => name === one.name || name.startsWith(`${one.name}.`));
    return field ? [[field.name, sentence] as const] : [];
  });
  return own.length > 0 ? Object.fromEntries(own) : { form: message };
}
