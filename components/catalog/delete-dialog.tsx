"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { countPurgeAction, planPurgeAction } from "@/app/(dashboard)/catalog/purge-actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { formatCount, formatPlural } from "@/lib/format";
import { nothingWords, type PurgeCounts, shareWords } from "@/lib/purge/purge-words";

export interface DeleteProps {
  selection: { ids: string[] } | { query: string; category: string | null; except: string[] };
  /** Null where there are more than were counted. */
  count: number | null;
  onClose: () => void;
  onPlanned: () => void;
}

/** Says what a deletion would take and what stays, before it is planned. */
export function DeleteDialog({ selection, count, onClose, onPlanned }: DeleteProps) {
  const router = useRouter();
  const [counts, setCounts] = useState<PurgeCounts>();
  const [failure, setFailure] = useState<string>();
  const [isPlanning, startPlanning] = useTransition();
  const ready = counts?.ready ?? 0;

  // The server: which of them are archived, and since when. The selection can't change under an open dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it opens.
  useEffect(() => {
    let isOpen = true;
    void answerOf(countPurgeAction({ selection })).then((result) => {
      if (!isOpen) return;
      if (result.ok) setCounts(result.data);
      else setFailure(result.error.message);
    });
    return () => {
      isOpen = false;
    };
  }, []);

  function plan() {
    if (isPlanning || ready === 0) return;
    startPlanning(async () => {
      const result = await answerOf(planPurgeAction({ selection, count }));
      if (!result.ok) return setFailure(result.error.message);
      onPlanned();
      onClose();
      router.push(`/syncs/${result.data.number}`);
      await showToast(`Planning to delete ${formatPlural(ready, "product")}`, {
        description: "They are backed up first. Nothing is deleted before it is confirmed.",
      });
    });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title="Delete for good"
        description="First a plan is made: the products are listed, backed up and the backup is verified. Then an admin confirms it."
        className="w-[min(34rem,calc(100vw-1rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="danger" onClick={plan} aria-disabled={isPlanning || ready === 0}>
              {isPlanning ? "Planning…" : `Plan to delete ${ready > 0 ? formatPlural(ready, "product") : "them"}`}
            </Button>
          </>
        }
      >
        {!counts && !failure && (
          <p role="status" className="text-muted">
            Looking which of them are archived…
          </p>
        )}
        {counts && <WhatGoes counts={counts} />}
        {failure && (
          <p role="alert" className="text-red">
            {failure}
          </p>
        )}
      </DialogContent>
    </Dialog>
  );
}

function WhatGoes({ counts }: { counts: PurgeCounts }) {
  const { ready, notArchived, tooFresh, inShop, total, afterDays } = counts;
  if (ready === 0) return <p>{nothingWords(counts)} Only what is archived for long enough can be deleted.</p>;
  const rows = [
    { what: "Would be deleted", count: ready, more: shareWords(ready, total) },
    { what: "of them in a shop", count: inShop, more: "" },
    { what: "Stay: not archived", count: notArchived, more: "" },
    { what: `Stay: archived for less than ${formatPlural(afterDays, "day")}`, count: tooFresh, more: "" },
  ].filter(({ count }) => count > 0);
  return (
    <table className="tabular w-full">
      <tbody>
        {rows.map(({ what, count, more }) => (
          <tr key={what} className="border-t first:border-t-0">
            <th scope="row" className="py-1.5 text-left font-normal">
              {what}
            </th>
            <td className="py-1.5 pl-3 text-right text-muted">{more}</td>
            <td className="w-20 py-1.5 text-right font-semibold">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
