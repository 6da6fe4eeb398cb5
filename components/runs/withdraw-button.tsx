"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { withdrawProposalAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Takes back what the reader proposed, while nobody has answered it. */
export function WithdrawButton({ runId }: { runId: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function withdraw() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(withdrawProposalAction({ runId }));
      void (result.ok
        ? showToast("Withdrawn: nothing of it was changed.")
        : showToast(result.error.message, { tone: "error" }));
      router.refresh();
    });
  }

  return (
    <Button onClick={withdraw} aria-disabled={isPending}>
      {isPending ? "Withdrawing…" : "Withdraw"}
    </Button>
  );
}
