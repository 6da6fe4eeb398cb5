"use client";

import { useRouter } from "next/navigation";
import { putBackRowsAction, rejectRowsAction } from "@/app/(dashboard)/syncs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { RejectDialog } from "./reject-dialog";
import { useReviewSelection } from "./review-selection";

type Rejected = Extract<Awaited<ReturnType<typeof rejectRowsAction>>, { ok: true }>["data"];
type Props = { note: string; onClose: () => void };

/** Asks why the ticked rows are turned down; until the run ends they can be put back. */
export function RejectRowsDialog({ note, onClose }: Props) {
  const router = useRouter();
  const { shown, choice, since, count, clear } = useReviewSelection();

  async function tell({ answered, rest, answeredAt, status, jobId }: Rejected) {
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
  }

  async function putBack(answeredAt: string) {
    const result = await answerOf(putBackRowsAction({ runId: shown.runId, answeredAt }));
    router.refresh();
    if (!result.ok) return void showToast(result.error.message, { tone: "error" });
    const { count: put } = result.data;
    await showToast(`${formatPlural(put, "row")} ${put === 1 ? "waits" : "wait"} again`);
  }

  return (
    <RejectDialog
      what={formatPlural(count, "row")}
      description={
        count === 1
          ? "It is not applied. The feed's next run shows it again."
          : "They are not applied. The feed's next run shows them again."
      }
      help="Kept with each row."
      verb="Reject"
      note={note}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      reject={(reason) => rejectRowsAction({ runId: shown.runId, choice, shownAt: since, reason })}
      onRejected={tell}
    />
  );
}
