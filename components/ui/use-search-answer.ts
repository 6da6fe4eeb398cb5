import { useEffect, useState } from "react";

/** Between the last key and the question, in milliseconds. */
const PAUSE_MS = 120;

/** What the server answered to: null when it did not. */
export interface SearchAnswer<T> {
  asked: string;
  found: T | null;
}

/**
 * Asks the server for what is typed, once the keys rest; the older answer stays until the newer one is there.
 * @param path where the question goes as `q`
 */
export function useSearchAnswer<T>(path: string, typed: string) {
  const [answer, setAnswer] = useState<SearchAnswer<T>>();
  const asked = typed.trim();

  useEffect(
    function askServer() {
      if (!asked) return;
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        // Null is told as a failure; an answer that came too late is dropped.
        const response = await fetch(`${path}?q=${encodeURIComponent(asked)}`, { signal: abort.signal }).catch(
          () => null,
        );
        const found: T | null = response?.ok ? await response.json() : null;
        if (!abort.signal.aborted) setAnswer({ asked, found });
      }, PAUSE_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    },
    [path, asked],
  );

  return { asked, answer };
}
