import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { jobDefinition } from "./registry";

/** Job.options of a job that was started by hand. */
const jobOptions = z.looseObject({ given: z.record(z.string(), z.unknown()) });

/** The parameters that an earlier job was started with, as far as they are known; null where there is no such job. */
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
  if (!payload.success) return { ...told, values: {} };
  if (definition.recall) return { ...told, values: { ...(await definition.recall(payload.data)) } };
  const same = definition.parameters.safeParse(payload.data);
  return { ...told, values: same.success ? same.data : {} };
}
