"use client";

import type { ReactNode } from "react";
import type { JobLine } from "@/lib/jobs/list-lines";
import type { LiveJob } from "@/lib/jobs/live-job";
import { JobLog } from "./job-log";
import { JobProgressLine } from "./live-progress";
import { useLiveJob } from "./use-live-job";

type Props = {
  initial: LiveJob;
  name: string;
  lines: JobLine[];
  linesBefore: number;
  /** Between the progress and the log. */
  children: ReactNode;
};

/** A job's progress and its log, as they come. */
export function LiveJobPanel({ initial, name, lines, linesBefore, children }: Props) {
  const last = lines.at(-1)?.id ?? 0;
  const live = useLiveJob(initial, last);
  const gained = live.lines.filter((line) => line.id > last);
  return (
    <>
      {initial.isOpen && (
        <div className="flex border-t px-4 py-3">
          <JobProgressLine job={live.job} name={name} />
        </div>
      )}
      {children}
      <JobLog jobId={initial.id} lines={[...lines, ...gained]} linesBefore={linesBefore} isOpen={initial.isOpen} />
    </>
  );
}
