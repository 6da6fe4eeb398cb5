"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { removeSampleAction } from "@/app/(dashboard)/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatCount, formatPlural } from "@/lib/format";
import { SAMPLE_CONFIRMATION } from "@/lib/sample/confirmation";

type Props = IntentProps & { products: number; runs: number };

/** The plan, then the word: the sample goes whole or not at all. */
export function RemoveSampleDialog({ products, runs, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [word, setWord] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    if (word.trim().toLowerCase() !== SAMPLE_CONFIRMATION) {
      return setError(`Type "${SAMPLE_CONFIRMATION}" to go on.`);
    }
    startTransition(async () => {
      const result = await answerOf(removeSampleAction({ confirmation: SAMPLE_CONFIRMATION }));
      if (!result.ok) return setError(result.error.message);
      setOpen(false);
      await showToast(`The sample is gone: ${formatPlural(result.data.products, "product")} removed.`);
      router.push("/feeds");
      router.refresh();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Start with your own data?"
        description="The sample goes whole. What you made yourself stays."
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep the sample</Button>
            </DialogClose>
            <Button type="submit" form="remove-sample" variant="danger" aria-disabled={isPending}>
              {isPending ? "Removing…" : "Remove the sample"}
            </Button>
          </>
        }
      >
        <ul className="mb-3 list-disc pl-5">
          <li>{formatCount(products)} products with their values, codes and pictures, edits to them included</li>
          <li>categories that then hold nothing</li>
          <li>{formatPlural(runs, "run")} with changes and rejections, and the received files</li>
        </ul>
        <p className="mb-3 text-muted">This can't be undone. The audit trail keeps that it happened.</p>
        <form id="remove-sample" onSubmit={submit}>
          <Field label={`Type "${SAMPLE_CONFIRMATION}" to confirm`} error={error}>
            {(control) => (
              <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
