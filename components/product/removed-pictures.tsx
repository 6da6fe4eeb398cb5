"use client";

import { Undo2 } from "lucide-react";
import { useTransition } from "react";
import { restorePictureAction } from "@/app/(dashboard)/products/[id]/picture-actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { PictureView } from "@/lib/images/picture-view";
import { PictureBox } from "./picture-box";

/** Pictures that a person took away: each can be put back, however long ago. */
export function RemovedPictures({ productId, images }: { productId: string; images: PictureView[] }) {
  const [isPending, startTransition] = useTransition();
  if (images.length === 0) return null;

  function putBack(image: PictureView) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(restorePictureAction({ productId, imageId: image.id }));
      await (result.ok ? showToast(`${image.name} is back.`) : showToast(result.error.message, { tone: "error" }));
    });
  }

  return (
    <details className="mt-2 text-xs text-muted">
      <summary className="cursor-pointer">{formatPlural(images.length, "removed picture")}</summary>
      <ul className="mt-1.5 grid gap-1.5">
        {images.map((image) => (
          <li key={image.id} className="flex items-center gap-2">
            <PictureBox image={image} alt="" size="small" className="size-8 opacity-60" />
            <span className="min-w-0 flex-1 truncate">{image.name}</span>
            <Button
              size="small"
              aria-disabled={isPending}
              aria-label={`Put ${image.name} back`}
              onClick={() => putBack(image)}
            >
              <Undo2 aria-hidden />
              Put back
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
