"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { arrangePicturesAction } from "@/app/(dashboard)/products/[id]/picture-actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import type { PictureView } from "@/lib/images/picture-view";

/**
 * A product's pictures in the order just asked for, and the way to ask for another; a refused one goes back. Orders
 * are carried out one after the other, each from the one before.
 */
export function usePictureOrder(productId: string, images: PictureView[]) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(images, (now, order: number[]) =>
    order.flatMap((id) => now.find((image) => image.id === id) ?? []),
  );

  function arrange(to: number[]) {
    const from = shown.map((image) => image.id);
    if (from.join() === to.join()) return;
    startTransition(async () => {
      show(to);
      const result = await answerOf(arrangePicturesAction({ productId, from, to }));
      if (result.ok) return;
      void showToast(result.error.message, { tone: "error" });
      router.refresh();
    });
  }

  return { images: shown, arrange };
}
