import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { listUnsettledJobs } from "@/lib/jobs/lost-jobs";
import { actorOf, createUser } from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { Killed, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun } from "@/lib/testing/run-import";
import { applyJob } from "../apply-job";
import { approveRows } from "./answer-rows";
import { handOver } from "./carry-out-answers";
import { releaseApproved } from "./release-approved";

beforeEach(() => resetDatabase());

const cancelled = { status: "cancelled", reason: "A person cancelled it." } as const;
const all = { filter: { entity: "product" as const, q: "" }, except: [] };

async function reviewed() {
  await importRows({ SPR1: {}, SPR2: {} });
  const run = await importRows({ SPR1: { price: "2.10" }, SPR2: { price: "2.20" } }, { yes: false });
  return { run, ada: actorOf(await createUser("manager")) };
}

/** The job's end is told to the queue and to nobody else: whoever ended it died then. */
async function endJob(jobId: string) {
  await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { status: "cancelled" } }));
  return (await listUnsettledJobs()).map((job) => job.id);
}

test("a run whose job was cancelled behind its last batch does not wait for an answer that nobody can give", async () => {
  const { run, ada } = await reviewed();
  const { jobId } = await approveRows(ada, { runId: run.id, choice: all, shownAt: new Date() });
  const dying = quietContext({
    async assertHeld() {
      if ((await db.syncChange.count({ where: { runId: run.id, state: "approved" } })) === 0) throw new Killed();
    },
  });
  await expect(applyJob.handle({ runId: run.id }, dying)).rejects.toThrow(Killed);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 2 });
  expect(await endJob(jobId)).toEqual([jobId]);
  await releaseApproved(run.id, cancelled);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "success", successful: 2 });
  expect(await listUnsettledJobs()).toEqual([]);
});

test("an answer whose job ended unheard is not given by the next one", async () => {
  const { run, ada } = await reviewed();
  const [first] = await db.syncChange.findMany({ where: { runId: run.id }, orderBy: { id: "asc" } });
  const choice = { ids: [first?.id ?? 0] };
  const { jobId } = await approveRows(ada, { runId: run.id, choice, shownAt: new Date() });
  const at = new Date().toISOString();
  const rest = { ...{ after: 0, answered: 0, withQuestions: false }, answeredById: null, at, shownAt: at };
  await transaction((tx) => handOver(tx, run.id, { ...rest, state: "approved", choice: all, answer: "approved" }));
  await transaction((tx) => tx.syncChange.updateMany({ where: { state: "approved" }, data: { state: "staged" } }));
  expect(await endJob(jobId)).toEqual([jobId]);
  await releaseApproved(run.id, cancelled);
  expect(await listUnsettledJobs()).toEqual([]);
  await applyJob.handle({ runId: run.id }, quietContext());
  expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 0 });
});
