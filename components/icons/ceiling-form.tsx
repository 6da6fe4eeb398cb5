"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { raiseCeilingAction } from "@/app/(dashboard)/icons/batches/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { amountText, readAmount } from "@/lib/icons/amount";

type Props = { batchId: string; ceilingMicros: number | null; currency: string };

/** What the batch may cost; a batch that waits for it goes on once it is raised and resumed. */
export function CeilingForm({ batchId, ceilingMicros, currency }: Props) {
  const router = useRouter();
  const [text, setText] = useState(() => amountText(ceilingMicros));
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const to = readAmount(text);
    if (to === undefined) return setError("Enter an amount like 2.50, or leave it empty.");
    startTransition(async () => {
      const result = await answerOf(raiseCeilingAction({ batchId, from: ceilingMicros, to }));
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
