"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { approveRowsAction } from "@/app/(dashboard)/syncs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { formatCount, formatPlural } from "@/lib/format";
import { typedConfirmation } from "@/lib/sync/typed-confirmation";
import { useReviewSelection } from "./review-selection";
import { useReviewKeys } from "./use-review-keys";

type RejectDialog = typeof import("./reject-rows-dialog").RejectRowsDialog;

/** What can be done with the ticked rows of a run in review. */
export function ReviewBar() {
  const router = useRouter();
  const selection = useReviewSelection();
  const { count, isAll, isPageTicked, shown } = selection;
  const [note, setNote] = useState("");
  const [word, setWord] = useState("");
  const asked = typedConfirmation(shown.heldReason);
  const [isPending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();
  const [Rejecting, setRejecting] = useState<RejectDialog>();

  function approve() {
    if (count === 0 || isPending) return;
    startTransition(async () => {
      const { choice, since } = selection;
      const result = await answerOf(
        approveRowsAction({
          runId: shown.runId,
          choice,
          shownAt: since,
          seenReason: shown.heldReason,
          reason: note || undefined,
          confirmation: word || undefined,
        }),
      );
      // Rows that changed are looked at anew; after any other failure (a sign-in that ended) the ticks are answered from here.
      if (!result.ok && result.error.code !== "conflict") return setFailure(result.error.message);
      setFailure(undefined);
      selection.clear();
      setNote("");
      router.refresh();
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { answered, rest, jobId } = result.data;
      await showToast(`${answered === null ? "Approving" : "Applying"} ${formatPlural(answered ?? count, "row")}`, {
        description: (answered === null ? "Each as you saw it: the job says how many." : rest) || undefined,
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
      });
    });
  }

  async function reject() {
    if (count === 0) return;
    const { RejectRowsDialog } = await import("./reject-rows-dialog");
    setRejecting(() => RejectRowsDialog);
  }

  useReviewKeys({ toggle: selection.toggle, approve, reject, clear: selection.clear });
  if (count === 0) return null;
  return (
    <section
      data-commands
      aria-label="Ticked rows"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-accent-line bg-accent-soft px-3 py-2"
    >
      <b className="tabular font-semibold" aria-live="polite">
        {formatPlural(count, "row")} ticked
      </b>
      {!isAll && isPageTicked && shown.matching > count && (
        <Button variant="ghost" size="small" onClick={selection.tickAll}>
          Tick all {formatCount(shown.matching)} that match
        </Button>
      )}
      <Button variant="ghost" size="small" onClick={selection.clear}>
        Untick
      </Button>
      <span className="ml-auto flex min-w-0 items-center gap-2 max-sm:w-full">
        <Input
          aria-label="Note, kept with the rows"
          placeholder="Note, kept with the rows"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          className="w-52 max-sm:flex-1"
        />
        {asked && (
          <Input
            aria-label={`Type "${asked.words}" to archive them`}
            placeholder={`Type ${asked.words}`}
            value={word}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setWord(event.target.value)}
            className="w-44 max-sm:flex-1"
          />
        )}
        <Button onClick={reject}>Reject…</Button>
        <Button variant="primary" onClick={approve} aria-disabled={isPending}>
          <Check aria-hidden />
          {isPending ? "Approving…" : `Approve ${formatCount(count)}`}
        </Button>
      </span>
      {failure && (
        <p role="alert" className="basis-full text-right text-red">
          {failure}
        </p>
      )}
      {Rejecting && <Rejecting note={note} onClose={() => setRejecting(undefined)} />}
    </section>
  );
}
