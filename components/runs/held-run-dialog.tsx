"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { approveRunAction } from "@/app/(dashboard)/syncs/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { archiveConfirmation, archivedBy, isConfirmed } from "@/lib/bulk-edit/archive-confirmation";
import { formatPlural } from "@/lib/format";
import { HeldReasons } from "./held-reasons";

/** From so many changes on, letting a held run pass is typed. */
const TYPED_FROM = 50;

type Props = IntentProps & { runId: string; changes: number; shownAt: string; reason: string };

/** Shows why guards hold a run before it may pass; the audit trail keeps who let it, and against what. */
export function HeldRunDialog({ runId, changes, shownAt, reason, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [word, setWord] = useState("");
  const [isWrong, setWrong] = useState(false);
  const { submit, isPending, error } = useAction(approveRunAction);
  const archived = archivedBy(reason);
  const confirmation = archived === null ? `apply ${changes}` : archiveConfirmation(archived);
  const isTyped = archived !== null || changes >= TYPED_FROM;

  function approve(event: FormEvent) {
    event.preventDefault();
    const isRight = archived === null ? word.trim().toLowerCase() === confirmation : isConfirmed(archived, word);
    if (isTyped && !isRight) return setWrong(true);
    submit({ runId, shownAt, seenReason: reason, confirmation: word }, ({ jobId }) => {
      setOpen(false);
      void showToast(`Applying ${formatPlural(changes, "change")}`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
      });
      router.refresh();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={
          archived === null
            ? `Let ${formatPlural(changes, "change")} pass?`
            : `Archive ${formatPlural(changes, "product")}?`
        }
        description={
          archived === null
            ? "This run is beyond the limits of its source. Your name is kept with what you let pass."
            : "Archived products leave the lists and keep everything they have. Your name is kept with it."
        }
        className="w-[min(38rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep it held</Button>
            </DialogClose>
            <Button type="submit" form="held-run" variant="primary" aria-disabled={isPending}>
              {isPending ? "Approving…" : `Apply ${formatPlural(changes, "change")}`}
            </Button>
          </>
        }
      >
        <form id="held-run" onSubmit={approve} className="grid gap-3">
          <HeldReasons reason={reason} />
          {isTyped && (
            <Field
              label={`Type "${confirmation}" to confirm`}
              error={isWrong ? `Type "${confirmation}" to go on.` : undefined}
            >
              {(control) => (
                <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
              )}
            </Field>
          )}
          {error && (
            <p role="alert" className="text-red">
              {error.message}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
