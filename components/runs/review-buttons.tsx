"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { approveRunAction } from "@/app/(dashboard)/syncs/actions";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";

type Props = {
  runId: string /** Changes that approving applies. */;
  changes: number /** When the run was shown, ISO. */;
  shownAt: string;
};

/** What a manager answers to a run that waits. */
export function ReviewButtons({ runId, changes, shownAt }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  async function loadRejectDialog() {
    const { RejectRunDialog } = await import("./reject-run-dialog");
    return (props: IntentProps) => <RejectRunDialog runId={runId} changes={changes} {...props} />;
  }

  function approve() {
    if (isPending) return;
    startTransition(async () => {
      const result = await approveRunAction({ runId, shownAt });
      if (!result.ok) {
        router.refresh();
        return void showToast(result.error.message, { tone: "error" });
      }
      await showToast(`Applying ${formatPlural(changes, "change")}`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${result.data.jobId}`) },
      });
      router.refresh();
    });
  }

  return (
    <>
      <OnIntent load={loadRejectDialog} opens="dialog">
        <Button>Reject all</Button>
      </OnIntent>
      <Button variant="primary" onClick={approve} aria-disabled={isPending}>
        <Check aria-hidden />
        {isPending ? "Approving…" : `Approve ${formatPlural(changes, "change")}`}
      </Button>
    </>
  );
}
