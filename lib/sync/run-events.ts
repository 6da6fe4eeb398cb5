import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

const WORDS: Record<string, string> = {
  "sync.request": "Asked for",
  "sync.approve": "Approved",
  "sync.approve-rows": "Approved rows",
  "sync.reject-rows": "Rejected rows",
  "sync.put-back-rows": "Put rejected rows back",
  "sync.reject": "Rejected",
  "sync.apply": "Applied",
  "sync.retry": "Tried refused rows again",
  "sync.mend": "Mended a refused row",
  "sync.revert": "Undone",
  "sync.undo": "Put back",
};

export interface RunEvent {
  id: number;
  what: string;
  who: string;
  at: Date;
}

/** What people and the worker did to a run, oldest first, as the audit trail has it. */
export async function listRunEvents(actor: Actor, runId: string): Promise<RunEvent[]> {
  assertCan(actor, "sync:read");
  const entries = await db.auditEntry.findMany({
    where: { entity: "SyncHistory", entityId: runId },
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
