import { setTimeout as sleep } from "node:timers/promises";
import { countLiveWorkers } from "@/lib/jobs/live-workers";
import { runWorker } from "@/lib/jobs/worker";
import { ProgressLine } from "./progress-line";
import { stopSignal } from "./stop-signal";

/** Between two looks, in milliseconds. */
const LOOK_EVERY_MS = 300;

interface Seen {
  isOpen: boolean;
  /** The job that works on it; null where there is none (yet). */
  jobId: string | null;
  job: Parameters<ProgressLine["show"]>[0] | null;
}

/**
 * Shows progress until what is looked at has ended, or somebody pressed Ctrl-C; gives what was seen last.
 * Works it in this process when no worker is running.
 */
export async function waitFor<T>(look: () => Promise<T>, see: (seen: T) => Seen): Promise<T> {
  const signal = stopSignal();
  const line = new ProgressLine(process.stderr);
  // A failure of the work done here must end the waiting too.
  let ownWork: Promise<void> | undefined;
  let failure: unknown;
  try {
    for (;;) {
      const seen = await look();
      const { isOpen, jobId, job } = see(seen);
      if (!isOpen || signal.aborted) {
        await ownWork;
        return await look();
      }
      if (job) line.show(job);
      if (!ownWork && jobId && (await countLiveWorkers()) === 0) {
        ownWork = runWorker({ signal, only: jobId }).then(
          // A job whose try failed is back on the queue, and tried again here.
          () => {
            ownWork = undefined;
          },
          (error: unknown) => {
            failure = error;
          },
        );
      }
      if (failure) throw failure;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    line.end();
  }
}
