"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { startLegacyImportAction } from "@/app/(dashboard)/icons/import/actions";
import { answerOf } from "@/components/ui/answer-of";
import type { LegacyParameters } from "@/lib/icons/legacy/legacy-parameters";

/** Starts an import and shows it on the page. */
export function useLegacyStart() {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();
  const [problem, setProblem] = useState<string>();

  function start(given: LegacyParameters) {
    if (isBusy) return;
    setProblem(undefined);
    startTransition(async () => {
      const result = await answerOf(startLegacyImportAction(given));
      if (!result.ok) return setProblem(result.error.message);
      router.push(`/icons/import?job=${result.data.jobId}`, { scroll: false });
    });
  }

  return { start, isBusy, problem, setProblem };
}
