"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { JobLine } from "@/lib/jobs/list-lines";
import type { LiveJob } from "@/lib/jobs/live-job";

/** Lines kept in the page; earlier ones are asked for. */
const MOST_KEPT = 2_000;

interface Live {
  job: LiveJob;
  /** What the log gained since the page was written. */
  lines: JobLine[];
}

/**
 * A job as it goes; its page is asked for again when it ends.
 * @param after the last line of its log that the page has; undefined where the page shows none
 */
export function useLiveJob(initial: LiveJob, after?: number): Live {
  const router = useRouter();
  const [live, setLive] = useState<Live>({ job: initial, lines: [] });
  const { id, isOpen } = initial;
  // What the page had first: the stream goes on behind it by itself.
  const [from] = useState(after);

  useEffect(
    function listenToJob() {
      if (!isOpen) return;
      // The browser itself says which line it heard last, when it asks again.
      const source = new EventSource(`/api/jobs/${id}/events${from === undefined ? "" : `?after=${from}`}`);
      // Our own server wrote these; their shapes are LiveJob's and JobLine's.
      source.addEventListener("progress", (event) => setLive((now) => ({ ...now, job: JSON.parse(event.data) })));
      if (from !== undefined) {
        source.addEventListener("lines", (event) => {
          const lines: JobLine[] = JSON.parse(event.data);
          setLive((now) => ({ ...now, lines: withNew(now.lines, lines) }));
        });
      }
      source.addEventListener("end", () => {
        source.close();
        router.refresh();
      });
      return () => source.close();
    },
    [id, isOpen, from, router],
  );

  // A page asked for again knows more than a stream that has ended.
  return isOpen ? live : { ...live, job: initial };
}

/** The effect may run twice and hear the same lines twice. */
function withNew(known: JobLine[], lines: JobLine[]) {
  const last = known.at(-1)?.id ?? 0;
  return [...known, ...lines.filter((line) => line.id > last)].slice(-MOST_KEPT);
}
