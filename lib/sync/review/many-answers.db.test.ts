import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actorOf, createUser } from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { applyJob } from "../apply-job";
import { MOVED_AT_ONCE } from "../move-changes";
import { approveRun, rejectRun } from "../mutations";
import { approveRows, putBackRows, rejectRows } from "./answer-rows";
import { releaseApproved } from "./release-approved";

beforeEach(() => resetDatabase());

/** Works the run's job until it dies before its `step`-th transaction. */
async function dieBefore(step: number, jobId: string, runId: string) {
  const dying = killedBefore(step, () => applyJob.handle({ runId }, quietContext({ jobId })));
  await expect(dying).rejects.toThrow(Killed);
}

async function countsOf(runId: string): Promise<Record<string, number>> {
  const groups = await db.syncChange.groupBy({ by: ["state"], where: { runId }, _count: { _all: true } });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

/** A run of more rows than one request answers: all of them new products, and their categories. */
async function largeRun() {
  const rows = MOVED_AT_ONCE + 100;
  const feed = Object.fromEntries(Array.from({ length: rows }, (_, n) => [`SPR${n}`, n < 40 ? { title: "Ink" } : {}]));
  const run = await importRows(feed, { yes: false });
  return { run, rows, changes: rows + 2 };
}

const inks = { filter: { entity: "product" as const, q: "ink" }, except: [] };

test("answers to a large run are the job's: killed between two batches nothing is applied, and the counts come out", {
  timeout: 240_000,
}, async () => {
  const { run, rows, changes } = await largeRun();
  const ada = actorOf(await createUser("manager", { firstName: "Ada", lastName: "Lovelace" }));
  const turned = { runId: run.id, choice: inks, shownAt: new Date(), reason: "Not ours" };
  const rejected = await rejectRows(ada, turned);
  expect(rejected).toMatchObject({ answered: null, status: "review" });
  expect(await countsOf(run.id)).toEqual({ staged: changes });
  await workOff(rejected.jobId ?? "");
  expect(await countsOf(run.id)).toEqual({ rejected: 40, staged: changes - 40 });
  expect(await getEndedRun(run.id)).toMatchObject({ status: "review" });

  const shownAt = new Date();
  const last = await db.syncChange.findFirstOrThrow({ where: { runId: run.id }, orderBy: { id: "desc" } });
  const returned = { answeredAt: new Date(shownAt.getTime() + 1), answer: "returned" };
  await transaction((tx) => tx.syncChange.update({ where: { id: last.id }, data: returned }));
  const { jobId } = await approveRun(ada, { runId: run.id, shownAt });
  await dieBefore(2, jobId, run.id);
  expect(await countsOf(run.id)).toEqual({
    rejected: 40,
    approved: MOVED_AT_ONCE,
    staged: changes - 40 - MOVED_AT_ONCE,
  });
  expect(await db.product.count()).toBe(0);
  await workOff(jobId);
  expect(await countsOf(run.id)).toEqual({ rejected: 40, applied: changes - 41, staged: 1 });
  expect(await db.product.count()).toBe(rows - 41);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: changes - 41, jobError: null });
  const of = { runId: run.id, state: "applied" as const };
  expect(
    await db.syncChange.count({
      where: { ...of, answer: "approved", answeredById: "userId" in ada ? ada.userId : "" },
    }),
  ).toBe(changes - 41);

  await rejectRun(ada, { runId: run.id, reason: "Enough" });
  const ending = await getEndedRun(run.id);
  expect(ending.status).toBe("running");
  await workOff(ending.jobId ?? "");
  expect(await getEndedRun(run.id)).toMatchObject({ status: "partial", successful: changes - 41 });
  expect(await db.syncChange.findUniqueOrThrow({ where: { id: last.id } })).toMatchObject({
    state: "rejected",
    reason: "Enough",
    answer: "rejected: Enough",
  });
});

test("of a large run's rows a job that ended leaves none approved, and no answer behind", {
  timeout: 240_000,
}, async () => {
  const { run, changes } = await largeRun();
  const ada = actorOf(await createUser("manager"));
  const all = { filter: { entity: "product" as const, q: "" }, except: [] };
  const { jobId, answered } = await approveRows(ada, { runId: run.id, choice: all, shownAt: new Date() });
  expect(answered).toBeNull();
  await dieBefore(2, jobId, run.id);
  await releaseApproved(run.id, { status: "cancelled", reason: "A person cancelled it." });
  expect(await countsOf(run.id)).toEqual({ staged: changes });
  await workOff(jobId);
  expect(await countsOf(run.id)).toEqual({ staged: changes });
  expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 0 });
});

test("what a job turned down is not put back within one request", { timeout: 240_000 }, async () => {
  const { run, rows } = await largeRun();
  const ada = actorOf(await createUser("manager"));
  const choice = { filter: { entity: "product" as const, q: "" }, except: [] };
  const turned = { runId: run.id, choice, shownAt: new Date(), reason: "Not ours" };
  const { jobId, answeredAt } = await rejectRows(ada, turned);
  await workOff(jobId ?? "");
  await expect(putBackRows(ada, { runId: run.id, answeredAt })).rejects.toMatchObject({ code: "conflict" });
  expect(await countsOf(run.id)).toMatchObject({ rejected: rows });
});
