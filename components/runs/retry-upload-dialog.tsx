"use client";

import { type FormEvent, useState } from "react";
import { UploadZone } from "@/components/feeds/upload-zone";
import { useUploads } from "@/components/feeds/use-uploads";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import { RetryReview } from "./retry-review";
import { useRetry } from "./use-retry";

type Props = IntentProps & { run: { id: string; number: number } };

/** Takes the download back, mended in a spreadsheet: only its rows run. */
export function RetryUploadDialog({ run, trigger, defaultOpen }: Props) {
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [autoApprove, setAutoApprove] = useState(true);
  const [problem, setProblem] = useState<string>();
  const { items, add, remove } = useUploads();
  const { retry, isPending, error } = useRetry(run.id, () => setOpen(false));

  function submit(event: FormEvent) {
    event.preventDefault();
    const uploadIds = items.flatMap(({ state }) => (state.is === "done" ? state.uploadId : []));
    const isSending = items.some(({ state }) => state.is === "sending");
    if (isSending) return setProblem("Wait until the files are here.");
    if (uploadIds.length === 0) return setProblem("Choose the mended file.");
    setProblem(undefined);
    retry({ type: "upload", uploadIds }, autoApprove);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Upload mended rows"
        description={`The rows of run ${run.number} as you downloaded them, mended. Leave the column Reason as it is: by it each row is known again. Rows you deleted stay open.`}
        footer={
          <>
            <DialogClose asChild>
              <Button>Not now</Button>
            </DialogClose>
            <Button type="submit" form="retry-upload" variant="primary" aria-disabled={isPending}>
              {isPending ? "Starting…" : "Try them"}
            </Button>
          </>
        }
      >
        <form id="retry-upload" onSubmit={submit} className="grid gap-3">
          <UploadZone items={items} onAdd={add} onRemove={remove} error={problem ?? error?.message} />
          <RetryReview autoApprove={autoApprove} onChange={setAutoApprove} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
