"use client";

import type { LiveJob } from "@/lib/jobs/live-job";
import { JobLog } from "./job-log";
import { JobProgressLine } from "./live-progress";
import { useLiveJob } from "./use-live-job";

type Props = { initial: LiveJob; name: string; log: string[]; linesBefore: number };

/** A job's progress and the end of its log, as they come. */
export function LiveJobPanel({ initial, name, log, linesBefore }: Props) {
  const live = useLiveJob(initial);
  return (
    <>
      {initial.isOpen && (
        <div className="border-t px-4 py-3">
          <JobProgressLine job={live.job} name={name} />
        </div>
      )}
      <JobLog lines={live.log ?? log} linesBefore={linesBefore} isOpen={initial.isOpen} />
    </>
  );
}
