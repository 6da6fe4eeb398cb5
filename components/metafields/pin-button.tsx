"use client";

import { Pin, PinOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { orderPinnedAction } from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Pinned definitions stand first where a metafield is chosen. */
export function PinButton({ id, pinned }: { id: string; pinned: string[] }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const isPinned = pinned.includes(id);
  function toggle() {
    startTransition(async () => {
      const to = isPinned ? pinned.filter((one) => one !== id) : [...pinned, id];
      const result = await answerOf(orderPinnedAction({ from: pinned, to }));
      if (result.ok) await showToast(isPinned ? "Unpinned." : "Pinned: it stands first where a metafield is chosen.");
      else await showToast(result.error.message, { tone: "error" });
      router.refresh();
    });
  }
  return (
    <Button onClick={toggle} disabled={isPending}>
      {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      {isPinned ? "Unpin" : "Pin"}
    </Button>
  );
}
