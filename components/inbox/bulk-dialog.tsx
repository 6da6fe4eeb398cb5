"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";

/** From this many rows on the number is typed. */
const TYPED_FROM = 50;

type Props = IntentProps & {
  verb: string;
  title: string;
  note: string;
  count: number;
  wantsReason?: boolean;
  go: (reason: string) => void;
};

/** What an answer to many things does, before it is given. */
export function BulkDialog({ verb, title, note, count, wantsReason, go, trigger, defaultOpen }: Props) {
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [errors, setErrors] = useState<{ reason?: string; typed?: string }>({});

  function submit(event: FormEvent) {
    event.preventDefault();
    const wrong = {
      ...(wantsReason && reason.trim().length < 3 && { reason: "Say in a few words why." }),
      ...(count >= TYPED_FROM && typed.trim() !== String(count) && { typed: `Type ${count} to go on.` }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setOpen(false);
    go(reason.trim());
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={title}
        description={note}
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep waiting</Button>
            </DialogClose>
            <Button type="submit" form="bulk-answer" variant="primary">
              {verb}
            </Button>
          </>
        }
      >
        <form id="bulk-answer" onSubmit={submit} className="grid gap-3">
          {wantsReason && (
            <Field label="Why" help="Kept with the rows." error={errors.reason} isRequired>
              {(control) => (
                <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} rows={3} />
              )}
            </Field>
          )}
          {count >= TYPED_FROM && (
            <Field label={`Type ${count} to confirm`} error={errors.typed}>
              {(control) => (
                <Input
                  {...control}
                  value={typed}
                  inputMode="numeric"
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </Field>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
