"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { LiveJob } from "@/lib/jobs/live-job";

interface Live {
  job: LiveJob;
  /** Null until the stream brought some. */
  log: string[] | null;
}

/** A job as it goes; its page is asked for again when it ends. */
export function useLiveJob(initial: LiveJob): Live {
  const router = useRouter();
  const [live, setLive] = useState<Live>({ job: initial, log: null });
  const { id, isOpen } = initial;

  useEffect(
    function listenToJob() {
      if (!isOpen) return;
      const source = new EventSource(`/api/jobs/${id}/events`);
      // Our own server wrote these lines; their shape is LiveJob's and the log's.
      source.addEventListener("progress", (event) => setLive((now) => ({ ...now, job: JSON.parse(event.data) })));
      source.addEventListener("log", (event) => setLive((now) => ({ ...now, log: JSON.parse(event.data) })));
      source.addEventListener("end", () => {
        source.close();
        router.refresh();
      });
      return () => source.close();
    },
    [id, isOpen, router],
  );

  // A page asked for again knows more than a stream that has ended.
  return isOpen ? live : { ...live, job: initial };
}
