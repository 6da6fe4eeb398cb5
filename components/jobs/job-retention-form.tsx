"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { saveJobRetentionAction } from "@/app/(dashboard)/jobs/actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { JobRetention } from "@/lib/jobs/retention/settings";

const FIELDS = [
  { name: "doneDays", label: "Days a job that was done stays", help: "Also one that was cancelled." },
  { name: "failedDays", label: "Days a job that failed stays", help: "Also one that gave up." },
  { name: "lineDays", label: "Days a log's lines stay", help: "The job itself stays longer." },
] as const;

/** How long jobs and their logs are kept. */
export function JobRetentionForm({ retention, mayChange }: { retention: JobRetention; mayChange: boolean }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [errors, setErrors] = useState<Record<string, string>>({});

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: keyof JobRetention) => Number(form.get(name));
    const to = { doneDays: of("doneDays"), failedDays: of("failedDays"), lineDays: of("lineDays") };
    startTransition(async () => {
      const result = await saveJobRetentionAction({ from: retention, to });
      setErrors(result.ok ? {} : (result.error.fields ?? {}));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast("Saved. The next daily clearing goes by it.");
      router.refresh();
    });
  }

  return (
    <form onSubmit={save} className="flex flex-wrap items-start gap-4">
      {FIELDS.map(({ name, label, help }) => (
        <Field key={name} label={label} help={help} error={errors[`to.${name}`]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              name={name}
              min={1}
              defaultValue={retention[name]}
              readOnly={!mayChange}
              className="w-28"
            />
          )}
        </Field>
      ))}
      {mayChange ? (
        <Button type="submit" variant="primary" className="mt-[22px]" aria-disabled={isPending}>
          Save
        </Button>
      ) : (
        <p className="mt-[26px] text-muted">An admin can change the days.</p>
      )}
    </form>
  );
}
