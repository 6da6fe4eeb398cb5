import { constants, setPriority } from "node:os";
import { disconnect } from "@/lib/db/client";
import { runWorker } from "@/lib/jobs/worker";
import { openDatabase } from "./open-database";
import { stopSignal } from "./stop-signal";

/** Works the queue until Ctrl-C or SIGTERM; a running job goes back to the queue at its next batch. */
export async function work() {
  // Somebody may be waiting for a page; nobody waits for a batch.
  setPriority(constants.priority.PRIORITY_LOW);
  await openDatabase();
  try {
    await runWorker({ signal: stopSignal() });
  } finally {
    await disconnect();
  }
}
