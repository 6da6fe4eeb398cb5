"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server for the page again every few seconds while something on it runs and somebody looks. */
export function RefreshWhile({ isActive, seconds = 3 }: { isActive: boolean; seconds?: number }) {
  const router = useRouter();
  useEffect(
    function askAgainWhileActive() {
      if (!isActive) return;
      const timer = setInterval(() => {
        if (!document.hidden) router.refresh();
      }, seconds * 1000);
      return () => clearInterval(timer);
    },
    [isActive, seconds, router],
  );
  return null;
}
