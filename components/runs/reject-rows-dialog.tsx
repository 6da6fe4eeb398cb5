"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { putBackRowsAction, rejectRowsAction } from "@/app/(dashboard)/syncs/actions";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { useReviewSelection } from "./review-selection";

type Props = { note: string; onClose: () => void };

/** Asks why the ticked rows are turned down; until the run ends they can be put back. */
export function RejectRowsDialog({ note, onClose }: Props) {
  const router = useRouter();
  const { shown, choice, since, count, clear } = useReviewSelection();
  const [reason, setReason] = useState(note);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const result = await rejectRowsAction({ runId: shown.runId, choice, shownAt: since, reason });
      if (!result.ok) return setError(result.error.fields?.reason ?? result.error.message);
      const { answered, rest, answeredAt, status, jobId } = result.data;
      onClose();
      clear();
      router.refresh();
      if (answered === null) {
        return void (await showToast(`Rejecting ${formatPlural(count, "row")}`, {
          description: "Each as you saw it: the job says how many.",
          action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
        }));
      }
      await showToast(`Rejected ${formatPlural(answered, "row")}`, {
        description: rest || undefined,
        duration: 10_000,
        action: status === "review" ? { label: "Undo", onClick: () => void putBack(answeredAt) } : undefined,
      });
    });
  }

  async function putBack(answeredAt: string) {
    const result = await putBackRowsAction({ runId: shown.runId, answeredAt });
    router.refresh();
    if (!result.ok) return void showToast(result.error.message, { tone: "error" });
    const { count: put } = result.data;
    await showToast(`${formatPlural(put, "row")} ${put === 1 ? "waits" : "wait"} again`);
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`Reject ${formatPlural(count, "row")}?`}
        description="They are not applied. The feed's next run shows them again."
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep waiting</Button>
            </DialogClose>
            <Button type="submit" form="reject-rows" variant="danger" aria-disabled={isPending}>
              {isPending ? "Rejecting…" : "Reject"}
            </Button>
          </>
        }
      >
        <form id="reject-rows" onSubmit={submit}>
          <Field label="Why" help="Kept with each row." error={error} isRequired>
            {(control) => (
              <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} rows={3} />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
