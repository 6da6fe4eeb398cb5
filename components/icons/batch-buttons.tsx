"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { approveBatchAction, retryBatchAction } from "@/app/(dashboard)/icons/batches/actions";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";

type Props = {
  batchId: string;
  /** Icons that wait to be reviewed. */
  pending: number;
  /** Pictures that failed or were left out; 0 while the batch is at work. */
  retriable: number;
};

/** What can be done with a batch as a whole. */
export function BatchButtons({ batchId, pending, retriable }: Props) {
  const router = useRouter();
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
    const result = await approveBatchAction({ batchId, isActivated });
    if (!result.ok) throw new Error(result.error.message);
    const { approved, activated } = result.data;
    const shown = isActivated ? `; ${formatPlural(activated, "category", "categories")} got an icon` : "";
    return `Approved ${formatPlural(approved, "icon")}${shown}`;
  }

  async function retry() {
    const result = await retryBatchAction({ batchId });
    if (!result.ok) throw new Error(result.error.message);
    return `Asking again for ${formatPlural(result.data.pictures, "picture")}`;
  }

  return (
    <>
      {retriable > 0 && (
        <Button aria-disabled={isPending} onClick={() => ask(retry)}>
          Retry {formatPlural(retriable, "failed picture")}
        </Button>
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
