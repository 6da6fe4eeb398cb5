"use client";

import { useEffect, useState } from "react";
import type { UndoPreviewJson } from "@/lib/api/undo";

type Answer = { preview: UndoPreviewJson | null; failure: string | null };
const NOTHING_YET: Answer = { preview: null, failure: null };

/** What undoing the run would come to, asked for each time the dialog opens: the catalogue goes on changing. */
export function useUndoPreview(number: number, isOpen: boolean) {
  const [answer, setAnswer] = useState(NOTHING_YET);
  const [attempt, setAttempt] = useState(0);

  // The server: planning an undo reads every change of the run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again.
  useEffect(() => {
    if (!isOpen) return;
    const abort = new AbortController();
    setAnswer(NOTHING_YET);
    askPreview(number, abort.signal)
      .then(setAnswer)
      .catch(() => {
        if (!abort.signal.aborted)
          setAnswer({ preview: null, failure: "The server can't be reached. Try again in a moment." });
      });
    return () => abort.abort();
  }, [number, isOpen, attempt]);

  return { ...answer, retry: () => setAttempt((n) => n + 1) };
}

async function askPreview(number: number, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(`/api/sync-logs/${number}/undo`, { signal });
  const body = await response.json();
  if (response.ok) return { preview: body as UndoPreviewJson, failure: null }; // our own endpoint's answer
  const message = (body as { error?: { message?: string } }).error?.message;
  return { preview: null, failure: message ?? "The preview could not be made. Try again in a moment." };
}
