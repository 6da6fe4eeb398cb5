import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { jobDefinition } from "./registry";

/** Job.options of a job that was started by hand. */
const jobOptions = z.looseObject({ given: z.record(z.string(), z.unknown()) });

/**
 * The parameters that an earlier job was started with; `values` is null where they can't be known by now.
 * Null where there is no such job.
 */
export async function getGivenParameters(actor: Actor, jobId: string) {
  assertCan(actor, "job:read");
  const job = await db.job.findUnique({
    where: { id: jobId },
    select: { jobType: true, displayName: true, options: true, parameters: true },
  });
  const definition = job && jobDefinition(job.jobType);
  if (!definition) return null;
  const told = { type: definition.name, displayName: job.displayName };
  const given = jobOptions.safeParse(job.options).data?.given;
  if (given) return { ...told, values: given };
  const payload = definition.payload.safeParse(job.parameters);
  if (!payload.success) return { ...told, values: null };
  if (definition.recall) return { ...told, values: somethingOf(await definition.recall(payload.data)) };
  const isPayload =
    definition.parameters === definition.payload || Object.keys(definition.parameters.shape).length === 0;
  return { ...told, values: isPayload ? definition.parameters.parse(payload.data) : null };
}

function somethingOf(recalled: Record<string, unknown>): Record<string, unknown> | null {
  return Object.values(recalled).some((value) => value !== undefined) ? recalled : null;
}
