"use client";

import { useTransition } from "react";
import { markAllNotificationsAction } from "@/app/(dashboard)/notifications/actions";
import { useRefreshWork } from "@/components/frame/work-context";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Marks all as read that were there when the page was drawn. */
export function MarkAllButton({ upTo }: { upTo: string }) {
  const refreshWork = useRefreshWork();
  const [isPending, startTransition] = useTransition();
  function mark() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(markAllNotificationsAction({ upTo }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      refreshWork();
    });
  }
  return (
    <Button onClick={mark} aria-disabled={isPending}>
      Mark all read
    </Button>
  );
}
