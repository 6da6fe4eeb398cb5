import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { registerTestJob } from "@/lib/jobs/registry";
import { runWorker } from "@/lib/jobs/worker";

// A real worker process whose jobs write one line each into a ledger: for tests that kill, stop and outnumber workers.

/** What a test job is to do. */
const work = z.object({
  /** The ledger's line. */
  entry: z.string(),
  /** Milliseconds of pretended work before the line is written. */
  milliseconds: z.number().default(0),
  /** Takes the process down instead. */
  isPoison: z.boolean().default(false),
});

registerTestJob({
  payload: work,
  maxAttempts: 3,
  async handle(payload, context) {
    const { entry, milliseconds, isPoison } = work.parse(payload);
    await context.report({ stage: "Working", done: 1, total: 2, unit: "steps" });
    if (isPoison) process.kill(process.pid, "SIGKILL");
    await sleep(milliseconds);
    await transaction(async (tx) => {
      const line = { action: "test.ledger", entity: "Ledger", entityId: entry, actorName: String(process.pid) };
      // The line and the end of the work are one: whoever comes again finds it there.
      const known = await tx.auditEntry.count({ where: { entity: "Ledger", entityId: entry } });
      if (known === 0) await tx.auditEntry.create({ data: line, select: { id: true } });
    });
    return {};
  },
});

const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
// Opened first, so that a killed start leaves no half-made connection behind the queue.
await db.job.count();
await runWorker({ signal: stop.signal });
process.exit(0);
