import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { rulesOf } from "../types";
import { checkJob } from "./check-job";
import { checkValues, type ValueCheck, valueCheck } from "./check-values";
import type { checkValuesInput } from "./definition-input";
import { wrongValidations } from "./validations";

/** Values checked while somebody waits; more are a job's. */
const AT_ONCE = 10_000;

type Preview = { check: ValueCheck } | { jobId: string };

/**
 * Which values would no longer fit a definition if it were changed so: how many, and the first 50. Values that misfit
 * already are not counted. With many values the answer is the job that counts.
 * @throws {AppError} `invalid_input` with a sentence per validation; `not_found`
 */
export async function previewDefinition(
  actor: Actor,
  { id, validations }: z.output<typeof checkValuesInput>,
): Promise<Preview> {
  assertCan(actor, "catalog:write");
  const definition = await db.metafieldDefinition.findUnique({ where: { id } });
  if (!definition) throw new AppError("not_found", "There is no such metafield definition.");
  const rules = rulesOf(validations);
  const fields = wrongValidations(definition.type, rules);
  if (Object.keys(fields).length > 0) throw new AppError("invalid_input", "Correct the marked fields.", { fields });
  const { namespace, key } = definition;
  const isMany = await db.productMetafield.findMany({
    where: { namespace, key },
    select: { id: true },
    skip: AT_ONCE,
    take: 1,
  });
  if (isMany.length > 0) {
    return { jobId: await transaction((tx) => enqueue(tx, actor, checkJob, { definitionId: id, validations })) };
  }
  return { check: await checkValues({ ...definition, rules: rulesOf(definition.validations) }, rules) };
}

export const checkedInput = z.object({ jobId: z.string().max(64) });

/** What a job of `previewDefinition` found; null while it works. @throws {AppError} `conflict` when it ended without */
export async function getValueCheck(
  actor: Actor,
  { jobId }: z.output<typeof checkedInput>,
): Promise<{ check: ValueCheck } | { done: number }> {
  assertCan(actor, "catalog:write");
  const job = await db.job.findUnique({
    where: { id: jobId },
    select: { jobType: true, status: true, result: true, error: true, stageProgress: true },
  });
  if (job?.jobType !== checkJob.name) throw new AppError("not_found", "There is no such check.");
  if (job.status === "completed") return { check: valueCheck.parse(job.result) };
  if (["failed", "cancelled", "parked"].includes(job.status)) {
    throw new AppError("conflict", job.error ?? "The check was cancelled. Ask for it again.");
  }
  return { done: progress.parse(job.stageProgress).done };
}

const progress = z.object({ done: z.number() }).catch({ done: 0 });
