import { hostname } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, createJob } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { claimJob } from "./claim";
import { LEASE_MS } from "./lease-watch";
import { countLiveWorkers, WORKER_SILENT_MS } from "./live-workers";
import { recoverLostJobs } from "./lost-jobs";
import { requestCancel } from "./mutations";
import { registerTestJob } from "./registry";
import { runWorker } from "./worker";

beforeEach(async () => {
  registerTestJob({});
  await resetDatabase();
});

/** A process id that no process has: the largest there can be. */
const NOBODY = 2 ** 22 - 3;

async function deadWorker() {
  const worker = await transaction((tx) =>
    tx.worker.create({ data: { pid: NOBODY, host: hostname(), heartbeatAt: new Date() } }),
  );
  return worker.id;
}

describe("the queue", () => {
  test("the larger priority goes first, then the older; a job for later waits", async () => {
    await createJob({ displayName: "later", scheduledAt: new Date(Date.now() + 60_000), priority: 9 });
    await createJob({ displayName: "old" });
    await createJob({ displayName: "urgent", priority: 5 });
    expect((await claimJob("w1"))?.displayName).toBe("urgent");
    expect((await claimJob("w1"))?.displayName).toBe("old");
    expect(await claimJob("w1")).toBeNull();
  });

  test("two workers never hold the same job", async () => {
    for (let n = 0; n < 10; n++) await createJob();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => claimJob(`w${n}`)));
    const ids = claims.flatMap((job) => job?.id ?? []);
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
  });

  test("R17 two imports never run side by side: the second waits", async () => {
    await createJob({ jobType: "feed.import" });
    await createJob({ jobType: "sync.apply" });
    expect(await claimJob("w1")).not.toBeNull();
    expect(await claimJob("w2")).toBeNull();
  });
});

describe("a worker that died", () => {
  test("R4 its job goes back to the queue at once when its process is gone from this machine", async () => {
    const workerId = await deadWorker();
    const job = await createJob({ status: "running", workerId, heartbeatAt: new Date(), attempts: 1, fence: 1 });
    await recoverLostJobs(hostname());
    expect(await db.job.findUniqueOrThrow({ where: { id: job.id } })).toMatchObject({ status: "pending", attempts: 1 });
  });

  test("R4 on another machine, when its heartbeat is older than the lease", async () => {
    const fresh = await createJob({ status: "running", workerId: "far", heartbeatAt: new Date() });
    const silent = await createJob({
      status: "running",
      workerId: "far",
      heartbeatAt: new Date(Date.now() - LEASE_MS - 1),
    });
    await recoverLostJobs(hostname());
    expect(await db.job.findUniqueOrThrow({ where: { id: fresh.id } })).toMatchObject({ status: "running" });
    expect(await db.job.findUniqueOrThrow({ where: { id: silent.id } })).toMatchObject({ status: "pending" });
  });

  test("R7 a job that kills its worker three times is parked, with the reason", async () => {
    const workerId = await deadWorker();
    const job = await createJob({ status: "running", workerId, heartbeatAt: new Date(), attempts: 3, maxAttempts: 3 });
    const ended = await recoverLostJobs(hostname());
    expect(ended.map((one) => one.id)).toEqual([job.id]);
    expect(await db.job.findUniqueOrThrow({ where: { id: job.id } })).toMatchObject({
      status: "parked",
      error: expect.stringContaining("3 times"),
    });
  });
});

describe("a worker", () => {
  test("shows itself while it runs and is gone when it stops", async () => {
    const stop = new AbortController();
    const running = runWorker({ signal: stop.signal });
    await expect.poll(() => countLiveWorkers()).toBe(1);
    stop.abort();
    await running;
    expect(await countLiveWorkers()).toBe(0);
  });

  test("counts as alive while its job writes, though it gets no word in itself", async () => {
    const workerId = "a busy worker";
    const job = await createJob({ status: "running", workerId, heartbeatAt: new Date(), attempts: 1 });
    expect(await countLiveWorkers()).toBe(1);
    const silent = new Date(Date.now() - WORKER_SILENT_MS - 1_000);
    await transaction((tx) => tx.job.update({ where: { id: job.id }, data: { heartbeatAt: silent } }));
    expect(await countLiveWorkers()).toBe(0);
  });

  test("goes on behind a lost job that can't be settled", async () => {
    registerTestJob({
      giveUp: async () => {
        throw new Error("its run is beyond help");
      },
    });
    const workerId = await deadWorker();
    await createJob({ status: "running", workerId, heartbeatAt: new Date(), attempts: 3, maxAttempts: 3 });
    const { id } = await createJob();
    await runWorker({ signal: new AbortController().signal, only: id });
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "completed" });
  });

  test("ends a job of an unknown type with a sentence", async () => {
    const { id } = await createJob({ jobType: "no.such" });
    await runWorker({ signal: new AbortController().signal, only: id });
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("no.such"),
    });
  });
});

describe("cancelling", () => {
  test("staff may not", async () => {
    const { id } = await createJob();
    await expect(requestCancel(actor("staff"), { jobId: id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a waiting job ends at once; the second of two managers is told", async () => {
    const { id } = await createJob();
    await requestCancel(actor("manager"), { jobId: id });
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "cancelled" });
    await expect(requestCancel(actor("manager"), { jobId: id })).rejects.toMatchObject({ code: "conflict" });
  });
});
