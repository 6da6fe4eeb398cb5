"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import {
  clearHistoryAction,
  compactDatabaseAction,
  saveRetentionAction,
} from "@/app/(dashboard)/syncs/storage/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { DaysForm } from "@/components/ui/days-form";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";
import type { Storage } from "@/lib/db/storage";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import type { RetentionPlan } from "@/lib/sync/retention/plan";
import type { Retention } from "@/lib/sync/retention/settings";

type Props = {
  retention: Retention;
  plan: RetentionPlan;
  givesBack: Storage["givesBack"];
  freeBytes: number | null;
  mayChange: boolean;
};

const FIELDS = [
  {
    name: "rowDays",
    label: "Days a run's changes and refused rows stay",
    help: "Until then it can be undone and its rows looked at.",
    least: 7,
  },
  { name: "runDays", label: "Days a run stays in the list", help: "With its counts, files and messages.", least: 30 },
] as const;

/** How long history stays, what the next clearing drops, and how its space comes back. */
export function RetentionPanel({ retention, plan, givesBack, freeBytes, mayChange }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function start(ask: () => Promise<Result<{ jobId: string }>>, told: string) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(ask());
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { jobId } = result.data;
      await showToast(told, { action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) } });
      router.refresh();
    });
  }

  return (
    <>
      <section aria-labelledby="retention">
        <h2 id="retention" className="mb-2 text-md font-semibold">
          How long it stays
        </h2>
        <DaysForm
          fields={FIELDS}
          values={retention}
          mayChange={mayChange}
          save={(to) => saveRetentionAction({ from: retention, to })}
          saved="Saved. The next clearing goes by it."
        />
        <p className="mt-3 max-w-[110ch] text-muted">
          Kept whatever their age: rows that wait for an answer, runs in review, the last good run of each source, and
          runs that products came from. {!mayChange && "An admin can change the days."}
        </p>
      </section>
      <section aria-labelledby="clearing">
        <h2 id="clearing" className="mb-2 text-md font-semibold">
          The next clearing
        </h2>
        <p className="tabular mb-2 max-w-[110ch]">{planWords(plan)}</p>
        {mayChange && (
          <Button onClick={() => start(() => clearHistoryAction({}), "Clearing old history")} aria-disabled={isPending}>
            Clear now
          </Button>
        )}
        {givesBack === "none" && (
          <div className="mt-4 grid max-w-[110ch] gap-2">
            <p>
              This database file was made before space could leave it in small steps: what clearing frees
              {freeBytes ? `, ${formatBytes(freeBytes)} at present,` : ""} is used for new rows, and the file stays as
              large as it is. Writing it anew once mends that. Saving waits while it is written, about a second for each
              50 MB: do it at a quiet time.
            </p>
            {mayChange && (
              <span>
                <Button
                  onClick={() => start(() => compactDatabaseAction({}), "Writing the database file anew")}
                  aria-disabled={isPending}
                >
                  Write the file anew
                </Button>
              </span>
            )}
          </div>
        )}
      </section>
    </>
  );
}

/** "About 1.2 GB in 40 runs: 812,000 changes and 3,100 refused rows. 12 runs leave the list." */
function planWords({ runs, changes, rejections, bytes, forgotten, isCapped }: RetentionPlan) {
  if (runs + forgotten === 0) return "Nothing has come of age: nothing would go. It is looked at every day.";
  const rows = `${formatCount(changes)} changes and ${formatPlural(rejections, "refused row")}`;
  const cleared = runs > 0 ? `About ${formatBytes(bytes)} in ${formatPlural(runs, "run")}: ${rows}.` : "";
  const gone = forgotten > 0 ? `${formatPlural(forgotten, "run")} would leave the list.` : "";
  return `${isCapped ? "At least: " : ""}${[cleared, gone].filter(Boolean).join(" ")} It happens by itself every day.`;
}
