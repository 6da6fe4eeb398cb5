import "server-only";
import { selectRows, updateRows } from "@/lib/db/bulk";
import { type db, type Tx, transaction } from "@/lib/db/client";
import { JobHeldError } from "@/lib/jobs/define-job";
import type { IconBatch, IconGeneration } from "@/prisma/generated/sqlite/client";
import { overCeiling, priceOf, spentThisMonth } from "../costs";
import type { IconSettings } from "../icon-settings";
import { openCall } from "./answers-folder";
import { callKey } from "./call-key";
import { findMade, type MadeIcon } from "./find-made";

/** Taken up, with the earlier picture that answers it, or the sentence why it is not made. */
export interface Claimed {
  generation: IconGeneration;
  made: MadeIcon | null;
  problem: string | null;
  /** What earlier calls for it cost, this one not among them. */
  paidMicros: number;
}

/**
 * Takes up the next pictures of a batch: they are marked as under way, and what they may cost is set aside, before any
 * call is made. Those under way already, of a process that died, come first. Empty when nothing is left.
 * @param taken under way in this process
 * @throws {JobHeldError} when what they cost would exceed a ceiling
 */
export async function claimNext(
  batch: IconBatch,
  settings: IconSettings,
  { count, taken, makeAnew }: { count: number; taken: ReadonlySet<string>; makeAnew: boolean },
): Promise<Claimed[]> {
  return transaction(async (tx) => {
    const next = (status: "running" | "waiting", take: number) =>
      tx.iconGeneration.findMany({
        where: { batchId: batch.id, status, id: { notIn: [...taken] } },
        orderBy: { id: "asc" },
        take,
      });
    const left = await next("running", count);
    const generations = [...left, ...(await next("waiting", count - left.length))];
    const claimed = await sort(tx, generations, makeAnew);
    if (batch.provider === "endpoint") await setAside(tx, batch, settings, claimed);
    await tx.iconGeneration.updateMany({
      where: { id: { in: generations.filter(({ status }) => status === "waiting").map(({ id }) => id) } },
      data: { status: "running", startedAt: new Date() },
    });
    return claimed;
  });
}

async function sort(tx: Tx, generations: IconGeneration[], makeAnew: boolean): Promise<Claimed[]> {
  const keys = generations.filter(({ status }) => status === "waiting").map(({ cacheKey }) => cacheKey);
  const ids = [...new Set(generations.flatMap(({ categoryId }) => categoryId ?? []))];
  const made = makeAnew ? new Map<string, MadeIcon>() : await findMade(tx, [...new Set(keys)]);
  const there = await selectRows<{ id: string }>(tx, "Category", `"Category"."id"`, "id", ids);
  const known = new Set(there.map(({ id }) => id));
  return generations.map((generation) => {
    const isGone = generation.categoryId === null || !known.has(generation.categoryId);
    // What is under way may be paid for already: it is finished whatever became of its category.
    const problem = isGone && generation.status === "waiting" ? "Its category is not there any more." : null;
    const paidMicros = generation.costMicros ?? 0;
    return { generation, made: made.get(generation.cacheKey) ?? null, problem, paidMicros };
  });
}

/**
 * Sets the price of each new call aside, so that calls side by side keep to the ceilings together. Of a call that was
 * made already, by a process that died or with an answer that never came, it is set aside still.
 */
async function setAside(tx: Tx, batch: IconBatch, settings: IconSettings, claimed: Claimed[]) {
  const price = priceOf(settings, batch.size);
  const toPay: Claimed[] = [];
  for (const one of claimed) {
    const { generation } = one;
    const isOpen = generation.status === "running" || (await openCall(callKey(generation))) !== null;
    if (isOpen) one.paidMicros = Math.max(0, one.paidMicros - (price ?? 0));
    else if (!one.made && !one.problem) toPay.push(one);
  }
  if (toPay.length === 0) return;
  const [month, own, { ceilingMicros }] = await Promise.all([
    spentThisMonth(tx),
    spentOn(tx, batch.id),
    // As it is now: a person may have changed it while the batch is at work.
    tx.iconBatch.findUniqueOrThrow({ where: { id: batch.id }, select: { ceilingMicros: true } }),
  ]);
  const ceilings = {
    batch: { spentMicros: own, ceilingMicros },
    month: { spentMicros: month, ceilingMicros: settings.monthCeilingMicros },
  };
  const why = overCeiling(price === null ? null : price * toPay.length, ceilings, settings.currency);
  if (why) throw new JobHeldError(why);
  if (price === null) return;
  for (const { generation, paidMicros } of toPay) generation.costMicros = paidMicros + price;
  const rows = toPay.map(({ generation }) => ({ id: generation.id, costMicros: generation.costMicros }));
  await updateRows(tx, "IconGeneration", ["id"], rows);
}

/** What a batch has cost so far, what is under way included. */
export async function spentOn(on: Tx | typeof db, batchId: string): Promise<number> {
  const { _sum } = await on.iconGeneration.aggregate({ where: { batchId }, _sum: { costMicros: true } });
  return _sum.costMicros ?? 0;
}
