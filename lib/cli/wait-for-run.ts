import { setTimeout as sleep } from "node:timers/promises";
import { SYSTEM } from "@/lib/auth/actor";
import { isWorkerRunning, runWorker } from "@/lib/jobs/worker";
import { getRunOrThrow, getRunState, type RunDetail } from "@/lib/sync/queries";
import { ProgressLine } from "./progress-line";
import { stopSignal } from "./stop-signal";

/** Between two looks at the run, in milliseconds. */
const LOOK_EVERY_MS = 300;

/**
 * Shows progress until the run has ended, or waits for a person, or somebody pressed Ctrl-C.
 * Works it in this process when no worker is running.
 */
export async function waitForRun(number: number): Promise<RunDetail> {
  const signal = stopSignal();
  const line = new ProgressLine(process.stderr);
  // A failure of the work done here must end the waiting too.
  let ownWork: Promise<void> | undefined;
  let failure: unknown;
  try {
    for (;;) {
      const run = await getRunState(SYSTEM, number);
      const isOpen = run.status === "pending" || run.status === "running";
      if (!isOpen || signal.aborted) {
        await ownWork;
        return await getRunOrThrow(SYSTEM, number);
      }
      if (run.job) line.show(run.job);
      if (!ownWork && run.jobId && !(await isWorkerRunning())) {
        const work = runWorker({ signal, only: run.jobId });
        ownWork = work.then(
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
