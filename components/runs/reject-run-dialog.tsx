"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { rejectRunAction } from "@/app/(dashboard)/syncs/actions";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";

type Props = IntentProps & { runId: string; changes: number };

export function RejectRunDialog({ runId, changes, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const result = await rejectRunAction({ runId, reason });
      if (!result.ok) return setError(result.error.fields?.reason ?? result.error.message);
      setOpen(false);
      await showToast(`Rejected ${formatPlural(changes, "change")}.`);
      router.refresh();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={`Reject ${formatPlural(changes, "change")}?`}
        description="All that still waits in this run is turned down. The feed can be imported again at any time."
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep waiting</Button>
            </DialogClose>
            <Button type="submit" form="reject-run" variant="danger" aria-disabled={isPending}>
              {isPending ? "Rejecting…" : "Reject all"}
            </Button>
          </>
        }
      >
        <form id="reject-run" onSubmit={submit}>
          <Field label="Why" help="Kept with the run." error={error} isRequired>
            {(control) => (
              <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} rows={3} />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
