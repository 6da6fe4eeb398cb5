import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { listUnsettledJobs } from "@/lib/jobs/lost-jobs";
import { actorOf, createUser } from "@/lib/testing/factories";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { answerJob } from "./answer-job";
import { answerMatches } from "./answer-match";

const folder = await mkdtemp(join(tmpdir(), "stockroom-answers-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

/** A row that a person makes a product, and the run that is to do it. */
async function answered() {
  const path = join(folder, "items.csv");
  await writeFile(path, "ItemNumber,Description,UnitPrice,QuantityOnHand\nZZZ9000,Bracket,1.10,7\n");
  await importFiles("erp", [path]);
  const held = await db.syncChange.findFirstOrThrow({ where: { kind: "unmatched" } });
  const answer = { as: "new", sku: "ZZZ9000", name: "Bracket" } as const;
  const { runs } = await answerMatches(actorOf(await createUser("manager")), { changeIds: [held.id], answer });
  return { held, runId: runs[0]?.runId ?? "", jobId: runs[0]?.jobId ?? "" };
}

/** Gives the job up, dying before each of its transactions; as long as it is not done, a worker hears of it. */
async function giveUpDying(jobId: string, runId: string) {
  await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { status: "cancelled" } }));
  for (let step = 1; ; step++) {
    expect((await listUnsettledJobs()).map(({ id }) => id)).toEqual([jobId]);
    const end = { status: "cancelled", reason: "A person cancelled it." } as const;
    try {
      return await killedBefore(step, () => answerJob.giveUp({ runId }, end));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

test("an answer that was cancelled is a question again, however often its end was killed", async () => {
  const { held, runId, jobId } = await answered();
  await giveUpDying(jobId, runId);
  expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "cancelled" });
  const asked = await db.syncChange.findUniqueOrThrow({ where: { id: held.id } });
  expect(asked).toMatchObject({ state: "staged", answer: null, openSince: expect.any(Date) });
});

test("a product that was made before the answer's job was cancelled is remembered as the row's", async () => {
  const { held, runId, jobId } = await answered();
  const dying = quietContext({
    jobId,
    async assertHeld() {
      if (await db.product.count()) throw new Killed();
    },
  });
  await expect(answerJob.handle({ runId }, dying)).rejects.toThrow(Killed);
  await giveUpDying(jobId, runId);
  expect(await db.codeAlias.findMany()).toMatchObject([{ normalized: "ZZZ9000", productId: expect.any(String) }]);
  expect(await db.syncChange.findUniqueOrThrow({ where: { id: held.id } })).toMatchObject({ openSince: null });
});
