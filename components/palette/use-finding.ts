import { useEffect, useState } from "react";
import type { Finding } from "@/lib/search/find-anything";

/** Between the last key and the question, in milliseconds. */
const PAUSE_MS = 90;

/** What is found for what is typed; the older answer stays until the newer one is there. */
export function useFinding(typed: string) {
  const [answer, setAnswer] = useState<{ asked: string; finding: Finding | null }>();
  const asked = typed.trim();

  useEffect(
    function askServer() {
      if (!asked) return;
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        // Null is told as a failure; an answer that came too late is dropped.
        const response = await fetch(`/api/palette?q=${encodeURIComponent(asked)}`, { signal: abort.signal }).catch(
          () => null,
        );
        const finding = response?.ok ? await response.json() : null;
        if (!abort.signal.aborted) setAnswer({ asked, finding });
      }, PAUSE_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    },
    [asked],
  );

  if (!asked) return { finding: null, isWaiting: false, hasFailed: false };
  const isWaiting = answer?.asked !== asked;
  return { finding: answer?.finding ?? null, isWaiting, hasFailed: !isWaiting && answer?.finding === null };
}
