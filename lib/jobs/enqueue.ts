import "server-only";
import type { z } from "zod";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { JobDefinition } from "./define-job";
import { takeOrigin } from "./origin";

/** Puts a job on the queue, in the transaction that writes the row it is about. */
export async function enqueue<P extends z.ZodType>(
  tx: Tx,
  actor: Actor,
  definition: Pick<JobDefinition<P>, "name" | "displayName" | "payload" | "maxAttempts">,
  payload: z.input<P>,
  options: {
    displayName?: string;
    priority?: number;
    /** Its parameters as its form has them, for work that is asked for elsewhere. */
    given?: Record<string, unknown>;
  } = {},
) {
  const origin = takeOrigin();
  const given = origin?.given ?? options.given;
  const { id } = await tx.job.create({
    data: {
      jobType: definition.name,
      displayName: options.displayName ?? definition.displayName,
      // A payload is JSON by its schema.
      parameters: definition.payload.parse(payload) as Prisma.InputJsonValue,
      maxAttempts: definition.maxAttempts,
      priority: origin?.priority ?? options.priority ?? 0,
      // Checked by the job's own schema: JSON.
      ...(given ? { options: { given: given as Prisma.InputJsonObject } } : {}),
      clonedFromId: origin?.clonedFromId,
      scheduleId: origin?.scheduleId,
      userId: actorUserId(actor),
    },
    select: { id: true },
  });
  await origin?.alsoWrite?.(tx, id);
  return id;
}
