"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { serverAnswers } from "./server-answers";

/** Asks the server for the page again every few seconds while something on it runs and somebody looks. */
export function RefreshWhile({ isActive, seconds = 3 }: { isActive: boolean; seconds?: number }) {
  const router = useRouter();
  const [isAsking, startAsking] = useTransition();
  useEffect(
    function askAgainWhileActive() {
      // A question on its way is not asked again: where answers take longer than that, none would ever arrive.
      if (!isActive || isAsking) return;
      const timer = setInterval(() => {
        if (document.hidden) return;
        startAsking(async () => {
          if (await serverAnswers()) startAsking(() => router.refresh());
        });
      }, seconds * 1000);
      return () => clearInterval(timer);
    },
    [isActive, isAsking, seconds, router],
  );
  return null;
}
