"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { removePictureAction, restorePictureAction } from "@/app/(dashboard)/products/[id]/picture-actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";

/** Takes a picture off its product, with a toast that takes that back. */
export function useRemovePicture(picture: { productId: string; imageId: number }, name: string) {
  const router = useRouter();
  const [isRemoving, startRemoving] = useTransition();

  function remove() {
    if (isRemoving) return;
    startRemoving(async () => {
      const result = await answerOf(removePictureAction(picture));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      router.refresh();
      await showToast(`Removed ${name}.`, { action: { label: "Undo", onClick: () => void putBack() } });
    });
  }

  async function putBack() {
    const result = await answerOf(restorePictureAction(picture));
    if (result.ok) router.refresh();
    else await showToast(result.error.message, { tone: "error" });
  }

  return { remove, isRemoving };
}
