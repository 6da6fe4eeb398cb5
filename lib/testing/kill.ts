import { withGuard } from "@/lib/db/client";
import type { JobContext } from "@/lib/jobs/define-job";

/** What a worker dies of in a test: whatever is not committed by then is lost, as by SIGKILL. */
export class Killed extends Error {}

/** A worker's side of a job that nobody watches, but for what the test has its own hand in. */
export function quietContext(own: Partial<JobContext> = {}): JobContext {
  return {
    jobId: "quiet",
    signal: new AbortController().signal,
    report: async () => undefined,
    log: () => undefined,
    assertHeld: async () => undefined,
    ...own,
  };
}

/** Dies at its `step`-th call; at 0 never. */
function dyingAt(step: number) {
  let steps = 0;
  return async () => {
    if (++steps === step) throw new Killed();
  };
}

/** A worker's side of a job that dies at its `step`-th write or report. */
export function dyingContext(step: number): JobContext {
  const count = dyingAt(step);
  return quietContext({ report: count, assertHeld: count });
}

/** Does the work until it dies before its `step`-th transaction. @throws {Killed} */
export function killedBefore<T>(step: number, work: () => Promise<T>): Promise<T> {
  return withGuard(dyingAt(step), work);
}
