import "server-only";
import type { Tx } from "@/lib/db/client";
import { notify } from "./notify";

/** Tells who proposed changes of a product what became of them, in the transaction that ends their run. */
export async function notifyProposalAnswered(tx: Tx, runId: string) {
  const run = await tx.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { number: true, syncType: true, userId: true },
  });
  if (run.syncType !== "proposal" || !run.userId) return;
  const change = await tx.syncChange.findFirst({
    where: { runId },
    select: { state: true, reason: true, label: true, answeredById: true },
  });
  if (!change || change.answeredById === run.userId) return;
  const { state, reason, label } = change;
  const ended = state === "applied" ? "was applied" : state === "rejected" ? "was turned down" : "could not be applied";
  const news = { title: `Your proposal for ${label} ${ended}`, body: reason ?? "", href: `/syncs/${run.number}` };
  await notify(tx, { ...news, kind: "proposal.answered" }, [run.userId]);
}
