"use client";

import { useState, useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import type { Result } from "@/lib/action";
import type { Failure } from "@/lib/failure";

/** Runs a server action once at a time and keeps what went wrong until the next try. */
export function useAction<I, T>(run: (input: I) => Promise<Result<T>>) {
  const [isPending, startTransition] = useTransition();
  const [error, setError] = useState<Failure>();
  function submit(input: I, done?: (data: T) => void) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(run(input));
      setError(result.ok ? undefined : result.error);
      if (result.ok) done?.(result.data);
    });
  }
  return { submit, isPending, error };
}
