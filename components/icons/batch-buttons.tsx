"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { approveBatchAction, retryBatchAction } from "@/app/(dashboard)/icons/batches/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";

type Props = {
  batchId: string;
  /** Icons that wait to be reviewed. */
  pending: number;
  /** Pictures that failed or were left out; 0 while the batch is at work. */
  retriable: number;
  /** What those were charged, or may have been; null where nothing was. */
  paidWords: string | null;
};

/** What can be done with a batch as a whole. */
export function BatchButtons({ batchId, pending, retriable, paidWords }: Props) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [isPending, startTransition] = useTransition();

  function ask(work: () => Promise<string>) {
    if (isPending) return;
    startTransition(async () => {
      const words = await work().catch((error: unknown) => (error instanceof Error ? error : new Error("")));
      if (words instanceof Error) await showToast(words.message, { tone: "error" });
      else await showToast(words);
      router.refresh();
    });
  }

  async function approve(isActivated: boolean) {
    const result = await answerOf(approveBatchAction({ batchId, isActivated }));
    if (!result.ok) throw new Error(result.error.message);
    const { approved, activated } = result.data;
    const shown = isActivated ? `; ${formatPlural(activated, "category", "categories")} got an icon` : "";
    return `Approved ${formatPlural(approved, "icon")}${shown}`;
  }

  async function retry() {
    const result = await answerOf(retryBatchAction({ batchId }));
    if (!result.ok) throw new Error(result.error.message);
    return `Asking again for ${formatPlural(result.data.pictures, "picture")}`;
  }

  return (
    <>
      {retriable > 0 && (
        <Button aria-disabled={isPending} onClick={() => (paidWords ? setAsking(true) : ask(retry))}>
          Retry {formatPlural(retriable, "failed picture")}
        </Button>
      )}
      {isAsking && (
        <Dialog open onOpenChange={setAsking}>
          <DialogContent
            title={`Ask again for ${formatPlural(retriable, "picture")}?`}
            description={`The endpoint charged ${paidWords} for them, or may have, though none of use came. Asked again they are paid again, within the ceilings.`}
            footer={
              <>
                <DialogClose asChild>
                  <Button>Leave them</Button>
                </DialogClose>
                <Button
                  variant="primary"
                  onClick={() => {
                    setAsking(false);
                    ask(retry);
                  }}
                >
                  Ask again
                </Button>
              </>
            }
          />
        </Dialog>
      )}
      {pending > 0 && (
        <>
          <Button aria-disabled={isPending} onClick={() => ask(() => approve(false))}>
            Approve all {pending}
          </Button>
          <Button variant="primary" aria-disabled={isPending} onClick={() => ask(() => approve(true))}>
            Approve and use
          </Button>
        </>
      )}
    </>
  );
}
