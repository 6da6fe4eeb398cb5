import { useEffect, useState } from "react";
import type { JobLine, LinesAsked } from "@/lib/jobs/list-lines";

/** A pause in typing this long asks the server, in milliseconds. */
const PAUSE_MS = 200;
const PER_PAGE = 500;

type Asked = Pick<LinesAsked, "level" | "q" | "before">;

/** Lines of a job's log from the server. @throws {Error} with a sentence */
export async function askLines(jobId: string, asked: Asked): Promise<{ lines: JobLine[]; hasMore: boolean }> {
  const query = new URLSearchParams({ per_page: String(PER_PAGE) });
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, String(value));
  const response = await fetch(`/api/jobs/${jobId}/lines?${query}`);
  if (!response.ok) throw new Error("The log could not be read. Look again in a minute.");
  // Our own endpoint's answer.
  const { data, has_more: hasMore } = (await response.json()) as { data: JobLine[]; has_more: boolean };
  return { lines: data, hasMore };
}

interface Found {
  key: string;
  lines: JobLine[];
  hasMore: boolean;
  problem: string | null;
}

/** The newest lines of the whole log that fit; null while nothing is sought, or until the server answered. */
export function useLogSearch(jobId: string, { level, q }: Required<Pick<Asked, "level" | "q">>): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const isSought = q !== "" || level !== "info";
  const key = `${level} ${q}`;

  useEffect(
    function searchLog() {
      if (!isSought) return;
      let isCurrent = true;
      const timer = setTimeout(async () => {
        const answer = await askLines(jobId, { level, q }).then(
          (part) => ({ key, ...part, problem: null }),
          (error: Error) => ({ key, lines: [], hasMore: false, problem: error.message }),
        );
        if (isCurrent) setFound(answer);
      }, PAUSE_MS);
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    },
    [jobId, key, level, q, isSought],
  );

  return isSought && found?.key === key ? found : null;
}
