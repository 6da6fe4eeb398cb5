"use client";

import { CircleStop, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, useTransition } from "react";
import { cancelJobsAction, retryJobsAction } from "@/app/(dashboard)/jobs/actions";
import { isPlain, isTyping } from "@/components/palette/keyboard";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { ControlledJobs } from "@/lib/jobs/control-jobs";
import { useJobSelection } from "./job-selection";

/** What can be done with the ticked jobs. Which of them it fits, the server says. */
export function JobSelectionBar() {
  const router = useRouter();
  const { ticked, clear, toggle } = useJobSelection();
  const [isAsking, setAsking] = useState(false);
  const [isPending, startTransition] = useTransition();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isPlain(event) || event.defaultPrevented || isTyping(event)) return;
    if (event.key === "Escape" && ticked.length > 0) return clear();
    if (event.key.toLowerCase() !== "x") return;
    const row = document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>("[data-row-tick]");
    const id = row?.dataset.rowTick;
    if (id) toggle(id);
  });
  useEffect(function hearKeys() {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  function ask(action: typeof cancelJobsAction, words: (count: number) => string) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(action({ jobIds: ticked }));
      setAsking(false);
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      clear();
      router.refresh();
      await tell(result.data, words);
    });
  }

  if (ticked.length === 0) return null;
  return (
    <section
      aria-label="Ticked jobs"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-accent-line bg-accent-soft px-3 py-2"
    >
      <b className="tabular font-semibold" aria-live="polite">
        {formatPlural(ticked.length, "job")} ticked
      </b>
      <Button variant="ghost" size="small" onClick={clear}>
        Untick
      </Button>
      <span className="ml-auto flex items-center gap-2">
        {isAsking ? (
          <>
            <Button
              variant="danger"
              autoFocus
              aria-disabled={isPending}
              onClick={() => ask(cancelJobsAction, (count) => `${formatPlural(count, "job")} asked to stop`)}
            >
              {isPending ? "Stopping…" : `Stop ${formatPlural(ticked.length, "job")}`}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              Keep them
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setAsking(true)}>
              <CircleStop aria-hidden />
              Cancel
            </Button>
            <Button
              aria-disabled={isPending}
              onClick={() => ask(retryJobsAction, (count) => `${formatPlural(count, "job")} back on the queue`)}
            >
              <RotateCcw aria-hidden />
              Run again
            </Button>
          </>
        )}
      </span>
    </section>
  );
}

async function tell({ done, refused }: ControlledJobs, words: (count: number) => string) {
  const left = refused.map(({ reason, count }) => (count > 1 ? `${formatPlural(count, "job")}: ${reason}` : reason));
  if (done === 0) return showToast(left.join(" "), { tone: "error" });
  return showToast(words(done), { description: left.join(" ") || undefined });
}
