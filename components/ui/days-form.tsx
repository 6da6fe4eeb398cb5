"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import type { Result } from "@/lib/action";
import { Button } from "./button";
import { Field } from "./field";
import { Input } from "./input";
import { showToast } from "./toast";

type Props<Name extends string> = {
  fields: readonly { name: Name; label: string; help: string; least: number }[];
  /** In days. */
  values: Record<Name, number>;
  mayChange: boolean;
  save: (to: Record<Name, number>) => Promise<Result<unknown>>;
  saved: string;
};

/** Settings in days side by side: how long things are kept. */
export function DaysForm<Name extends string>({ fields, values, mayChange, save, saved }: Props<Name>) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [errors, setErrors] = useState<Record<string, string>>({});

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = new FormData(event.currentTarget);
    const to = { ...values };
    for (const { name } of fields) to[name] = Number(form.get(name));
    startTransition(async () => {
      const result = await answerOf(save(to));
      setErrors(result.ok ? {} : (result.error.fields ?? {}));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(saved);
      router.refresh();
    });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-4">
      {fields.map(({ name, label, help, least }) => (
        <Field key={name} label={label} help={help} error={errors[`to.${name}`]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              name={name}
              min={least}
              defaultValue={values[name]}
              readOnly={!mayChange}
              className="w-28"
            />
          )}
        </Field>
      ))}
      {mayChange && (
        <Button type="submit" variant="primary" className="mt-[22px]" aria-disabled={isPending}>
          Save
        </Button>
      )}
    </form>
  );
}
