"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { useTransition } from "react";
import { saveProductAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = { productId: string; status: string };

/** Takes a product out of the catalogue's lists, or back into them: nothing of it is lost either way. */
export function ArchiveButton({ productId, status }: Props) {
  const [isPending, startTransition] = useTransition();
  const isArchived = status === "archived";

  async function change(from: string, to: string, words: string) {
    const result = await answerOf(
      saveProductAction({ id: productId, changes: { status: { from, to } }, metafields: [] }),
    );
    if (!result.ok) return void showToast(result.error.message, { tone: "error" });
    void showToast(words, {
      action: { label: "Undo", onClick: () => startTransition(() => change(to, from, "Put back as it was")) },
    });
  }

  function press() {
    startTransition(() =>
      isArchived ? change(status, "active", "Restored: it is active again") : change(status, "archived", "Archived"),
    );
  }

  return (
    <Button onClick={press} disabled={isPending}>
      {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
      {isArchived ? "Restore" : "Archive"}
    </Button>
  );
}
