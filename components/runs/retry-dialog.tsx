"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import type { RetryWhich } from "@/lib/sync/retry/retry-request";
import { RetryReview } from "./retry-review";
import { useRetry } from "./use-retry";

type Props = IntentProps & { run: { id: string; number: number }; which: RetryWhich };

/** Tries refused rows again as they are stored: as they stood, or as mended. */
export function RetryDialog({ run, which, trigger, defaultOpen }: Props) {
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [autoApprove, setAutoApprove] = useState(true);
  const { retry, isPending, error } = useRetry(run.id, () => setOpen(false));
  const isMended = which.type === "mended";

  function submit(event: FormEvent) {
    event.preventDefault();
    retry(which, autoApprove);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={isMended ? "Try the mended rows?" : "Try the refused rows again?"}
        description={
          isMended
            ? "They run alone, as you mended them, in a run of their own."
            : "They run alone, as they stand or as they were mended, in a run of their own: worth it when what they lacked is there now, like a category made since."
        }
        footer={
          <>
            <DialogClose asChild>
              <Button>Not now</Button>
            </DialogClose>
            <Button type="submit" form="retry-rows" variant="primary" aria-disabled={isPending}>
              {isPending ? "Starting…" : "Try them"}
            </Button>
          </>
        }
      >
        <form id="retry-rows" onSubmit={submit} className="grid gap-3">
          <RetryReview autoApprove={autoApprove} onChange={setAutoApprove} />
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
