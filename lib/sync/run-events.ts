import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { listJobsOfRun } from "@/lib/db/run-jobs";

const WORDS: Record<string, string> = {
  "sync.request": "Asked for",
  "sync.approve": "Approved",
  "sync.approve-rows": "Approved rows",
  "sync.reject-rows": "Rejected rows",
  "sync.put-back-rows": "Put rejected rows back",
  "sync.reject": "Rejected",
  "sync.retry": "Tried refused rows again",
  "sync.mend": "Mended a refused row",
  "sync.revert": "Undone",
  "job.pause": "Paused",
  "job.resume": "Resumed",
  "job.cancel": "Cancelled",
  "job.retry": "Run again",
};

/** One for each batch: the stages tell of them all, and a million rows' would leave no room for people. */
const BATCHES = ["sync.apply", "sync.undo"];

export interface RunEvent {
  id: number;
  what: string;
  who: string;
  at: Date;
}

/** What people and the worker did to a run, oldest first, as the audit trail has it. */
export async function listRunEvents(actor: Actor, run: { id: string; createdAt: Date }): Promise<RunEvent[]> {
  assertCan(actor, "sync:read");
  const jobIds = await listJobsOfRun(run);
  const entries = await db.auditEntry.findMany({
    where: {
      action: { notIn: BATCHES },
      OR: [
        { entity: "SyncHistory", entityId: run.id },
        { entity: "Job", entityId: { in: jobIds } },
      ],
    },
    select: { id: true, action: true, actorName: true, createdAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 100,
  });
  return entries.map(({ id, action, actorName, createdAt }) => ({
    id,
    what: WORDS[action] ?? action,
    who: actorName,
    at: createdAt,
  }));
}
