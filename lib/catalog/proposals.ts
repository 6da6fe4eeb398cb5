import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import type { SyncChangeState } from "@/prisma/generated/sqlite/enums";
import { peopleById } from "./source-words";

/** Days for which who proposed something sees on the product what became of it. */
const ANSWER_SHOWN_DAYS = 7;
const DAY_MS = 86_400_000;

export type ProposalState = "waiting" | "applying" | "applied" | "undone" | "rejected" | "withdrawn" | "left";

export interface Proposal {
  runId: string;
  number: number;
  who: string;
  isMine: boolean;
  state: ProposalState;
  /** Who answered it; null while it waits, and where nobody is known. */
  answeredBy: string | null;
  /** Why it was turned down, or left as it was. */
  reason: string | null;
  at: Date;
}

/** What is proposed for a product and waits, oldest first; then the actor's own of the last days, as they ended. */
export async function listProposals(actor: Actor, productId: string, now = new Date()): Promise<Proposal[]> {
  assertCan(actor, "catalog:read");
  const mine = actorUserId(actor);
  const since = new Date(now.getTime() - ANSWER_SHOWN_DAYS * DAY_MS);
  const answered = { userId: mine ?? "", status: { not: "review" as const }, createdAt: { gte: since } };
  const rows = await db.syncChange.findMany({
    where: {
      entityId: productId,
      entity: "product",
      run: { syncType: "proposal", OR: [{ status: "review" }, answered] },
    },
    select: {
      ...{ state: true, reason: true, answeredById: true, answeredAt: true, appliedAt: true, createdAt: true },
      run: { select: { id: true, number: true, userId: true } },
    },
    orderBy: { id: "asc" },
    take: 20,
  });
  const people = await peopleById(
    rows.flatMap(({ run, answeredById }) => [run.userId ?? [], answeredById ?? []].flat()),
  );
  return rows.map(({ run, state, reason, answeredById, ...row }) => ({
    runId: run.id,
    number: run.number,
    who: (run.userId && people.get(run.userId)) || SOMEBODY_GONE,
    isMine: mine !== null && run.userId === mine,
    state: stateOf(state, answeredById, run.userId),
    answeredBy: (answeredById && people.get(answeredById)) || null,
    reason,
    at: row.appliedAt ?? row.answeredAt ?? row.createdAt,
  }));
}

function stateOf(state: SyncChangeState, answeredById: string | null, proposedById: string | null): ProposalState {
  switch (state) {
    case "staged":
      return "waiting";
    case "approved":
      return "applying";
    case "applied":
      return "applied";
    case "reverted":
      return "undone";
    case "rejected":
      return answeredById !== null && answeredById === proposedById ? "withdrawn" : "rejected";
    case "skipped":
    case "failed":
      return "left";
    default:
      return state satisfies never;
  }
}
