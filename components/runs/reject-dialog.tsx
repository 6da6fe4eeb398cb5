"use client";

import { type FormEvent, type ReactElement, useState, useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Result } from "@/lib/action";

type Props<T> = {
  /** What is turned down: `3 rows`. */
  what: string;
  description: string;
  /** Where the reason is kept. */
  help: string;
  verb: string;
  note?: string;
  /** Stands there while the dialog is closed. */
  trigger?: ReactElement;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  reject: (reason: string) => Promise<Result<T>>;
  onRejected: (data: T) => Promise<void>;
};

/** Asks why something is turned down; what was typed stays when it fails. */
export function RejectDialog<T>({ what, description, help, verb, note = "", trigger, ...props }: Props<T>) {
  const { isOpen, onOpenChange, reject, onRejected } = props;
  const [reason, setReason] = useState(note);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(reject(reason));
      if (!result.ok) return setError(result.error.fields?.reason ?? result.error.message);
      onOpenChange(false);
      await onRejected(result.data);
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      {trigger && <DialogTrigger asChild>{trigger}</DialogTrigger>}
      <DialogContent
        title={`Reject ${what}?`}
        description={description}
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep waiting</Button>
            </DialogClose>
            <Button type="submit" form="reject" variant="danger" aria-disabled={isPending}>
              {isPending ? "Rejecting…" : verb}
            </Button>
          </>
        }
      >
        <form id="reject" onSubmit={submit}>
          <Field label="Why" help={help} error={error} isRequired>
            {(control) => (
              <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} rows={3} />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
