"use client";

import { Check, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { approveRunAction } from "@/app/(dashboard)/syncs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { typedConfirmation } from "@/lib/sync/typed-confirmation";

type Props = {
  runId: string;
  /** Changes that approving applies. */
  changes: number;
  /** When the run was shown, ISO. */
  shownAt: string;
  /** Why a guard holds it: then approving asks again, with the reasons. */
  heldReason: string | null;
  /** Why this reader can't approve it, as a sentence. */
  whyNot: string | null;
};

/** What a manager answers to a run that waits. */
export function ReviewButtons({ runId, changes, shownAt, heldReason, whyNot }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const isDeletion = typedConfirmation(heldReason)?.deed === "delete";

  async function loadRejectDialog() {
    const { RejectRunDialog } = await import("./reject-run-dialog");
    return (props: IntentProps) => (
      <RejectRunDialog runId={runId} changes={changes} isDeletion={isDeletion} {...props} />
    );
  }

  async function loadHeldDialog() {
    const { HeldRunDialog } = await import("./held-run-dialog");
    const reason = heldReason ?? "";
    return (props: IntentProps) => (
      <HeldRunDialog runId={runId} changes={changes} shownAt={shownAt} reason={reason} {...props} />
    );
  }

  function approve() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(approveRunAction({ runId, shownAt, seenReason: null }));
      if (!result.ok) {
        // Asked for without a sign-in, the page would be the sign-in's, and what is ticked here gone.
        if (result.error.code !== "unauthenticated") router.refresh();
        return void showToast(result.error.message, { tone: "error" });
      }
      await showToast(`Applying ${formatPlural(changes, "change")}`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${result.data.jobId}`) },
      });
      router.refresh();
    });
  }

  const heldButton = (
    <Button
      variant={isDeletion ? "danger" : "primary"}
      aria-disabled={whyNot !== null || undefined}
      aria-describedby={whyNot === null ? undefined : "why-not"}
    >
      {isDeletion ? <Trash2 aria-hidden /> : <Check aria-hidden />}
      {isDeletion ? `Delete ${formatPlural(changes, "product")}…` : `Let ${formatPlural(changes, "change")} pass…`}
    </Button>
  );
  return (
    <>
      <OnIntent load={loadRejectDialog} opens="dialog">
        <Button>Reject all</Button>
      </OnIntent>
      {whyNot !== null ? (
        heldButton
      ) : heldReason ? (
        <OnIntent load={loadHeldDialog} opens="dialog">
          {heldButton}
        </OnIntent>
      ) : (
        <Button variant="primary" onClick={approve} aria-disabled={isPending}>
          <Check aria-hidden />
          {isPending ? "Approving…" : `Approve ${formatPlural(changes, "change")}`}
        </Button>
      )}
    </>
  );
}
