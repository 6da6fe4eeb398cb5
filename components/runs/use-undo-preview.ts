"use client";

import { useEffect, useState } from "react";
import { planUndoAction, undoPlanAction } from "@/app/(dashboard)/syncs/actions";
import type { UndoPreviewJson } from "@/lib/api/undo";
import { formatCount } from "@/lib/format";

type Left = Pick<UndoPreviewJson["left"][number], "entity" | "id" | "label" | "name" | "reason">;
export type UndoPlanned = Pick<UndoPreviewJson, "number" | "products" | "categories" | "partly"> & { left: Left[] };

type Answer = { preview: UndoPlanned | null; failure: string | null };
const NOTHING_YET: Answer = { preview: null, failure: null };
/** Between two looks at a worker's plan, in milliseconds. */
const LOOK_AGAIN_MS = 700;
const LOOKING = "Working out what would go back…";

interface Run {
  runId: string;
  number: number;
  /** Its plan is a worker's from the start. */
  isLarge: boolean;
}

/** What undoing the run would come to, asked for each time the dialog opens: the catalogue goes on changing. */
export function useUndoPreview({ runId, number, isLarge, isOpen }: Run & { isOpen: boolean }) {
  const [answer, setAnswer] = useState(NOTHING_YET);
  const [progress, setProgress] = useState(LOOKING);
  const [attempt, setAttempt] = useState(0);

  // The server: planning an undo reads every change of the run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again.
  useEffect(() => {
    if (!isOpen) return;
    const abort = new AbortController();
    setAnswer(NOTHING_YET);
    setProgress(LOOKING);
    const tell = (words: string) => !abort.signal.aborted && setProgress(words);
    const found = isLarge ? waitForPlan(runId, abort.signal, tell) : askPreview({ runId, number }, abort.signal, tell);
    found
      .then((answered) => !abort.signal.aborted && setAnswer(answered))
      .catch(() => {
        if (!abort.signal.aborted)
          setAnswer({ preview: null, failure: "The server can't be reached. Try again in a moment." });
      });
    return () => abort.abort();
  }, [runId, number, isLarge, isOpen, attempt]);

  return { ...answer, progress, retry: () => setAttempt((n) => n + 1) };
}

async function askPreview(
  { runId, number }: { runId: string; number: number },
  signal: AbortSignal,
  tell: (words: string) => void,
): Promise<Answer> {
  const response = await fetch(`/api/sync-logs/${number}/undo`, { signal });
  const body = await response.json();
  if (response.ok) return { preview: body as UndoPreviewJson, failure: null }; // our own endpoint's answer
  const { error } = body as { error?: { code?: string; message?: string } };
  if (error?.code === "too_large") return waitForPlan(runId, signal, tell);
  return { preview: null, failure: error?.message ?? "The preview could not be made. Try again in a moment." };
}

/** A large run's plan is a worker's. */
async function waitForPlan(runId: string, signal: AbortSignal, tell: (words: string) => void): Promise<Answer> {
  const asked = await planUndoAction({ runId });
  if (!asked.ok) return { preview: null, failure: asked.error.message };
  tell("The run is large: a worker works out what would go back. It has not begun yet…");
  while (!signal.aborted) {
    const planning = await undoPlanAction({ jobId: asked.data.jobId });
    if (!planning.ok) return { preview: null, failure: planning.error.message };
    if ("preview" in planning.data) return { preview: planning.data.preview, failure: null };
    const { progress } = planning.data;
    if (progress) tell(`${LOOKING} ${formatCount(progress.done)} of ${formatCount(progress.total ?? 0)} changes`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return NOTHING_YET;
}
