import "server-only";
import { v7 as uuid } from "uuid";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { insertRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { selectBeingMade } from "@/lib/db/icon-figures";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { formatCount, formatPlural } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import type { IconBatch } from "@/prisma/generated/sqlite/client";
import { generateJob, givenOf } from "./generate-job";
import type { IconRequest } from "./icon-request";
import { type IconPlan, prepareIcons, type WantedIcon } from "./plan-icons";

export interface IconsRequested {
  batchId: string;
  number: number;
  jobId: string;
  plan: IconPlan;
}

/**
 * Has icons made: a batch with one row for each picture, worked by a job.
 * @throws {AppError} `conflict` when there is nothing to make, somebody asked for it meanwhile or a ceiling forbids it;
 *   `not_found` for a category
 */
export async function requestIcons(actor: Actor, asked: IconRequest): Promise<IconsRequested> {
  assertCan(actor, "catalog:write");
  const { plan, wanted, request } = await prepareIcons(actor, asked);
  if (plan.refusal) throw new AppError("conflict", plan.refusal);
  return transaction(async (tx) => {
    await lockName(tx, "icon batches");
    if (request.target.kind === "missing") await refuseAskedMeanwhile(tx, wanted);
    const batch = await createBatch(tx, actor, plan, request);
    await insertRows(tx, "IconGeneration", rowsOf(batch, wanted));
    const { makeAnew, useAtOnce } = request;
    const jobId = await enqueue(
      tx,
      actor,
      generateJob,
      { batchId: batch.id, makeAnew, useAtOnce },
      { displayName: `Make ${formatPlural(wanted.length, "icon")}`, given: givenOf(asked) },
    );
    await tx.iconBatch.update({ where: { id: batch.id }, data: { jobId }, select: { id: true } });
    const { pictures, costMicros } = plan;
    const after = { number: batch.number, provider: request.provider, pictures, costMicros };
    await recordAudit(tx, actor, "icon.request", { entity: "IconBatch", entityId: batch.id }, { after });
    return { batchId: batch.id, number: batch.number, jobId, plan };
  });
}

/** Two people who fill the gaps at once must not pay twice for one category. */
async function refuseAskedMeanwhile(tx: Tx, wanted: readonly WantedIcon[]) {
  const asked = new Set(await selectBeingMade(tx));
  const categories = [...new Set(wanted.map(({ categoryId }) => categoryId))];
  const taken = categories.filter((id) => asked.has(id)).length;
  if (taken === 0) return;
  throw new AppError(
    "conflict",
    taken === categories.length
      ? "Somebody asked for these icons meanwhile: they are being made (see Batches). Nothing else was begun."
      : `Somebody asked for ${formatCount(taken)} of these ${formatCount(categories.length)} icons meanwhile (see Batches). Nothing was begun; ask again for the others.`,
  );
}

async function createBatch(tx: Tx, actor: Actor, plan: IconPlan, request: IconRequest): Promise<IconBatch> {
  const last = await tx.iconBatch.findFirst({ select: { number: true }, orderBy: { number: "desc" } });
  const { style, color, background, size, instructions, variations, ceilingMicros, provider } = request;
  return tx.iconBatch.create({
    data: {
      number: (last?.number ?? 0) + 1,
      model: plan.model,
      userId: actorUserId(actor),
      ...{ provider, style, color, background, size, instructions, variations, ceilingMicros },
    },
  });
}

function* rowsOf(batch: IconBatch, wanted: readonly WantedIcon[]) {
  const { id: batchId, provider, model, style, color, background, size, userId, createdAt } = batch;
  for (const one of wanted) {
    yield {
      id: uuid(),
      ...one,
      ...{ batchId, provider, model, style, color, background, size, userId, createdAt },
      status: "waiting",
      isFromCache: false,
      attempts: 0,
    };
  }
}
