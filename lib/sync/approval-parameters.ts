import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen, confirmation } from "@/lib/jobs/parameter";

/** What a person gives to approve a whole run. */
export const approvalParameters = z.object({
  run: chosen("run-in-review", "Run", "Look at it first: its page shows every change."),
  acceptHeld: z.boolean().default(false).meta({
    title: "Apply although it is held",
    description: "A guard holds an unusual run and says why. Tick this when that reason is known and fine.",
  }),
  confirmation,
});

/** @throws {AppError} as `approveRun`; `conflict` with the reason why a guard holds the run, where that is not accepted */
export async function startApproval(actor: Actor, given: z.output<typeof approvalParameters>): Promise<StartedJob> {
  assertCan(actor, "sync:review");
  const { approveRun } = await import("./mutations");
  const run = await db.syncHistory.findUnique({
    where: { id: given.run },
    select: { number: true, heldReason: true },
  });
  if (run?.heldReason && !given.acceptHeld) {
    const message = `Run ${run.number} is held: ${run.heldReason} Look at it, then apply it although it is held.`;
    throw new AppError("conflict", message, { fields: { acceptHeld: message } });
  }
  const seenReason = run?.heldReason ?? null;
  return approveRun(actor, { runId: given.run, seenReason, confirmation: given.confirmation, shownAt: new Date() });
}
