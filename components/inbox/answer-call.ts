"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";

/** Sends an answer, says what came of it, and shows the inbox as it is then. */
export function useAnswer() {
  const router = useRouter();
  const [isPending, start] = useTransition();
  function send<T>(call: () => Promise<Result<T>>, told: (data: T) => string, then?: (data: T) => void) {
    start(async () => {
      const result = await answerOf(call());
      if (result.ok) {
        const runs = runsOf(result.data);
        const link = runs[0] && {
          label: `Run ${runs[0].number}`,
          onClick: () => router.push(`/syncs/${runs[0]?.number}`),
        };
        await showToast(told(result.data), link ? { action: link } : {});
        then?.(result.data);
      } else await showToast(result.error.message, { tone: "error" });
      // Asked for without a sign-in, the page would be the sign-in's, or without a net none: what is typed here would be gone.
      if (result.ok || !["unauthenticated", "unavailable"].includes(result.error.code)) router.refresh();
    });
  }
  return { send, isPending };
}

/** The runs that carry an answer out, where there are any. */
function runsOf(data: unknown): { number: number }[] {
  return typeof data === "object" && data !== null && "runs" in data && Array.isArray(data.runs) ? data.runs : [];
}
