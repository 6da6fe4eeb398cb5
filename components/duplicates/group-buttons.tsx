"use client";

import { useTransition } from "react";
import { dismissDuplicatesAction, reopenDuplicatesAction } from "@/app/(dashboard)/reports/duplicates/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { undoButton } from "@/components/ui/undo-button";

export interface MergeChoice {
  id: string;
  sku: string;
  name: string;
}

type Props = {
  id: string;
  state: "open" | "dismissed" | "merged";
  suggestedId: string | null;
  products: MergeChoice[];
};

const loadMerge = () => import("./merge-dialog").then((module) => module.MergeDialog);

/** Two answers: they are one, or they are not. */
export function GroupButtons({ id, state, suggestedId, products }: Props) {
  const [isPending, startTransition] = useTransition();

  function dismiss() {
    startTransition(async () => {
      const result = await answerOf(dismissDuplicatesAction({ id }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast("Kept apart: they are not found again", {
        action: undoButton(() => reopenDuplicatesAction({ id })),
      });
    });
  }

  function reopen() {
    startTransition(async () => {
      const result = await answerOf(reopenDuplicatesAction({ id }));
      if (!result.ok) await showToast(result.error.message, { tone: "error" });
    });
  }

  if (state === "dismissed") {
    return (
      <Button onClick={reopen} disabled={isPending}>
        Decide again
      </Button>
    );
  }
  return (
    <>
      <Button onClick={dismiss} disabled={isPending}>
        Not the same
      </Button>
      <OnIntent load={loadMerge} opens="dialog" props={{ groupId: id, suggestedId, products }}>
        <Button variant="primary">Merge…</Button>
      </OnIntent>
    </>
  );
}
