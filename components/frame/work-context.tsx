"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { CurrentWork } from "@/lib/jobs/current-work";

/** While something runs, and while nothing does, in milliseconds. */
const BUSY_INTERVAL_MS = 2_000;
const IDLE_INTERVAL_MS = 15_000;

const WorkContext = createContext<CurrentWork | null>(null);

/** What runs now, as the header and the menu show it. Null when the server could not say. */
export function useWork() {
  return useContext(WorkContext);
}

export function WorkProvider({ initial, children }: { initial: CurrentWork; children: ReactNode }) {
  const [work, setWork] = useState<CurrentWork | null>(initial);
  const isBusy = work !== null && work.runningCount + work.waitingCount > 0;

  useEffect(
    function askAgainWhileVisible() {
      const ask = async () => {
        if (document.hidden) return;
        // Without an answer the old one would lie; nothing is shown until the server is back.
        const answer = await fetch("/api/work").catch(() => null);
        setWork(answer?.ok ? await answer.json() : null);
      };
      const timer = setInterval(ask, isBusy ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS);
      document.addEventListener("visibilitychange", ask);
      return () => {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", ask);
      };
    },
    [isBusy],
  );

  return <WorkContext value={work}>{children}</WorkContext>;
}
