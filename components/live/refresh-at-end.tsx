"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/** Asks the server for the page again when a job ends. */
export function RefreshAtEnd({ jobId, onEnd }: { jobId: string; onEnd: () => void }) {
  const router = useRouter();
  const ended = useEffectEvent(() => {
    router.refresh();
    onEnd();
  });
  useEffect(
    function listenForItsEnd() {
      const source = new EventSource(`/api/jobs/${jobId}/events`);
      source.addEventListener("end", () => {
        source.close();
        ended();
      });
      return () => source.close();
    },
    [jobId],
  );
  return null;
}
