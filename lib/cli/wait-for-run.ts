import { SYSTEM } from "@/lib/auth/actor";
import { getRunOrThrow, getRunState, type RunDetail } from "@/lib/sync/queries";
import { waitFor } from "./wait-for";

/** Shows progress until the run has ended, or waits for a person, or somebody pressed Ctrl-C. */
export async function waitForRun(number: number): Promise<RunDetail> {
  await waitFor(
    () => getRunState(SYSTEM, number),
    ({ status, jobId, job }) => ({ isOpen: status === "pending" || status === "running", jobId, job }),
  );
  return getRunOrThrow(SYSTEM, number);
}
