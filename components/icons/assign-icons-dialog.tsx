"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { assignIconsAction } from "@/app/(dashboard)/icons/actions";
import { CategoryTarget } from "@/components/catalog/category-target";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { IconChoice } from "@/lib/icons/icon-choice";
import { leftOutWords } from "./left-out-words";

type Props = { icons: IconChoice; onClose: () => void; onDone: () => void };

/** Finds the category that icons belong to. */
export function AssignIconsDialog({ icons, onClose, onDone }: Props) {
  const router = useRouter();
  const [target, setTarget] = useState<Parameters<typeof CategoryTarget>[0]["value"]>(null);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const what = formatPlural(icons.length, "icon");

  function assign() {
    if (isPending) return;
    if (target === null || target === "top") return setError("Choose a category.");
    startTransition(async () => {
      const result = await answerOf(assignIconsAction({ icons, categoryId: target.id }));
      if (!result.ok) return setError(result.error.message);
      onDone();
      router.refresh();
      const { assigned, changedMeanwhile } = result.data;
      await showToast(`${formatPlural(assigned, "icon")} for “${target.name}”`, {
        description: leftOutWords(changedMeanwhile),
      });
    });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`Assign ${what} to a category`}
        description="Which icon it shows stays until one is activated."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" onClick={assign} aria-disabled={isPending}>
              {isPending ? "Assigning…" : "Assign"}
            </Button>
          </>
        }
      >
        <CategoryTarget label="Category" value={target} exceptId="" hasTop={false} onPick={setTarget} />
        {error && (
          <p role="alert" className="mt-2 text-red">
            {error}
          </p>
        )}
      </DialogContent>
    </Dialog>
  );
}
