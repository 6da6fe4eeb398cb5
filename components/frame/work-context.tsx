"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import type { CurrentWork } from "@/lib/jobs/current-work";

/** While something runs, and while nothing does, in milliseconds. */
const BUSY_INTERVAL_MS = 2_000;
const IDLE_INTERVAL_MS = 15_000;
/** Between two questions of a page that nobody looks at, whose title still counts what is unread, in milliseconds. */
const HIDDEN_INTERVAL_MS = 60_000;
/** Then a hidden page asks no more, in milliseconds: it must not keep somebody signed in who has gone. */
const HIDDEN_FOR_MS = 30 * 60_000;

const WorkContext = createContext<CurrentWork | null>(null);
const RefreshContext = createContext<() => void>(() => undefined);

/** What runs now, as the header and the menu show it. Null when the server could not say. */
export function useWork() {
  return useContext(WorkContext);
}

/** Asks anew at once, after something that the frame counts. */
export function useRefreshWork() {
  return useContext(RefreshContext);
}

export function WorkProvider({ initial, children }: { initial: CurrentWork; children: ReactNode }) {
  const [work, setWork] = useState<CurrentWork | null>(initial);
  const isBusy = work !== null && work.runningCount + work.waitingCount > 0;

  const ask = useCallback(async () => {
    // Without an answer the old one would lie; nothing is shown until the server is back.
    const answer = await fetch("/api/work").catch(() => null);
    setWork(answer?.ok ? await answer.json() : null);
  }, []);

  useEffect(
    function askAgain() {
      let askedAt = Date.now();
      let hiddenAt = document.hidden ? Date.now() : null;
      const askWhenDue = () => {
        const now = Date.now();
        if (hiddenAt !== null && (now - askedAt < HIDDEN_INTERVAL_MS || now - hiddenAt > HIDDEN_FOR_MS)) return;
        askedAt = now;
        void ask();
      };
      const noteVisibility = () => {
        hiddenAt = document.hidden ? Date.now() : null;
        if (hiddenAt === null) askWhenDue();
      };
      const timer = setInterval(askWhenDue, isBusy ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS);
      document.addEventListener("visibilitychange", noteVisibility);
      return () => {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", noteVisibility);
      };
    },
    [isBusy, ask],
  );

  return (
    <RefreshContext value={ask}>
      <WorkContext value={work}>{children}</WorkContext>
    </RefreshContext>
  );
}
