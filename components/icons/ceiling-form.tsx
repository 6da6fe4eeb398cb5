"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { raiseCeilingAction } from "@/app/(dashboard)/icons/batches/actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";

type Props = { batchId: string; ceilingMicros: number | null; currency: string };

const AMOUNT = /^\d{1,6}([.,]\d{1,6})?$/;

/** What the batch may cost; a batch that waits for it goes on once it is raised and resumed. */
export function CeilingForm({ batchId, ceilingMicros, currency }: Props) {
  const router = useRouter();
  const [text, setText] = useState(ceilingMicros === null ? "" : String(ceilingMicros / 1_000_000));
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const typed = text.trim();
    if (typed !== "" && !AMOUNT.test(typed)) return setError("Enter an amount like 2.50, or leave it empty.");
    const to = typed === "" ? null : Math.round(Number(typed.replace(",", ".")) * 1_000_000);
    startTransition(async () => {
      const result = await raiseCeilingAction({ batchId, from: ceilingMicros, to });
      if (!result.ok) return setError(result.error.message);
      setError(undefined);
      router.refresh();
      await showToast("The ceiling holds from the next picture on");
    });
  }

  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <Field label={`Ceiling, ${currency}`} error={error}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            placeholder="none"
            className="w-28"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" aria-disabled={isPending} className="mt-5.5">
        Save
      </Button>
    </form>
  );
}
