import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { LeaseLostError, WorkerStoppingError } from "@/lib/jobs/define-job";
import { requestPause, resumeJob } from "@/lib/jobs/mutations";
import { actor, createCategory } from "@/lib/testing/factories";
import { type Fault, startImageEndpoint } from "@/lib/testing/image-endpoint";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { askIcons, generationsOf, jobOf, makeIcons, saveEndpoint } from "@/lib/testing/make-icons";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { generateJob } from "./generate-job";
import { raiseCeiling } from "./raise-ceiling";
import { retryFailed } from "./retry-failed";

let server: Awaited<ReturnType<typeof startImageEndpoint>>;
const manager = actor("manager");
const status = (code: number, more: Partial<Fault & { is: "status" }> = {}): Fault => ({
  is: "status",
  status: code,
  retryAfter: "0",
  ...more,
});

beforeEach(async () => {
  await resetDatabase();
  server = await startImageEndpoint();
  await saveEndpoint(server.baseUrl);
});
afterEach(() => server.stop());

let last = 0;

/** So many categories, asked of the endpoint one picture each. */
async function categories(count: number) {
  const made = await Promise.all(
    Array.from({ length: count }, (_, at) => createCategory({ name: `Thing ${at}`, slug: `thing-${++last}` })),
  );
  return { kind: "categories" as const, ids: made.map(({ id }) => id) };
}
const byEndpoint = { provider: "endpoint", size: 128 };

test("an endpoint makes a picture for each category, by calls as it expects them, and each is paid once", async () => {
  const { plan, job, generations } = await makeIcons(await categories(7), { ...byEndpoint, instructions: "In oak." });
  expect(plan).toMatchObject({
    pictures: 7,
    costMicros: 70_000,
    madePixels: 256,
    model: "test-image-1",
    refusal: null,
  });
  expect(job).toMatchObject({ status: "completed", result: { made: 7, costMicros: 70_000 } });
  expect(server.endpoint.complaints).toEqual([]);
  expect(server.endpoint.charges).toHaveLength(7);
  expect(server.endpoint.calls[0]).toMatchObject({ n: 1, size: "256x256", model: "test-image-1" });
  expect(server.endpoint.calls[0]?.prompt).toContain("In oak.");
  expect(server.endpoint.atOnceMost).toBeLessThanOrEqual(3);
  for (const generation of generations) {
    expect(generation).toMatchObject({ status: "succeeded", costMicros: 10_000, attempts: 1, size: 128 });
    expect(generation.seconds).toBeGreaterThan(0);
  }
  const icon = await db.icon.findFirstOrThrow();
  expect(icon).toMatchObject({ width: 128, height: 128, generationCost: 1, reviewState: "pending" });
});

test("pictures that come as addresses are fetched without the key", async () => {
  await saveEndpoint(server.baseUrl, { answerFormat: "url" });
  const { job } = await makeIcons(await categories(2), byEndpoint);
  expect(job).toMatchObject({ status: "completed", result: { made: 2 } });
  expect(server.endpoint.complaints).toEqual([]);
});

test("what was made before with the same words costs nothing; made anew it is paid again", async () => {
  const target = await categories(2);
  await makeIcons(target, byEndpoint);
  const again = await makeIcons(target, byEndpoint);
  expect(again.plan).toMatchObject({ fromCache: 2, costMicros: 0 });
  expect(again.generations).toMatchObject([{ isFromCache: true, costMicros: 0 }, { isFromCache: true }]);
  expect(server.endpoint.charges).toHaveLength(2);
  await makeIcons(target, { ...byEndpoint, makeAnew: true });
  expect(server.endpoint.charges).toHaveLength(4);
  expect(await db.icon.count()).toBe(4);
});

describe("what goes wrong", () => {
  test.each<[string, Fault]>([
    ["asked too often", status(429)],
    ["failing", status(500)],
    ["busy", status(503)],
    ["at work on the call", status(409)],
    ["breaking the line off", { is: "hang-up" }],
  ])("an endpoint %s is asked again, and the picture is paid once", async (_, fault) => {
    server.endpoint.faults = (call) => (call <= 2 ? fault : null);
    const { generations } = await makeIcons(await categories(1), byEndpoint);
    expect(generations).toMatchObject([{ status: "succeeded", costMicros: 10_000 }]);
    expect(server.endpoint.charges).toHaveLength(1);
    expect(server.endpoint.calls).toHaveLength(3);
  });

  test("an answer that takes too long is asked for again with the same key", async () => {
    await saveEndpoint(server.baseUrl, { timeoutSeconds: 1 });
    server.endpoint.faults = (call) => (call === 1 ? { is: "slow", ms: 5_000 } : null);
    const { generations } = await makeIcons(await categories(1), byEndpoint);
    expect(generations).toMatchObject([{ status: "succeeded", attempts: 1 }]);
    expect(server.endpoint.charges).toHaveLength(1);
  });

  test.each<[(Fault & { is: "content" })["what"], string]>([
    ["html", "answered with a web page"],
    ["no-data", "answered without a picture"],
    ["text", "another kind of file"],
    ["truncated", "cut off or damaged"],
    ["small", "smaller than the 128 asked for"],
    ["oblong", "not square"],
    ["huge", "too large to open"],
    ["private-url", "lies in a private network"],
  ])("an answer of %s is no icon: it says so, and what it cost counts", async (what, sentence) => {
    server.endpoint.faults = () => ({ is: "content", what });
    const { job, generations } = await makeIcons(await categories(1), byEndpoint);
    expect(job).toMatchObject({ status: "completed", result: { made: 0, failed: 1, costMicros: 10_000 } });
    expect(generations).toMatchObject([{ status: "failed", iconId: null, costMicros: 10_000 }]);
    expect(generations[0]?.problem).toContain(sentence);
    expect(await db.icon.count()).toBe(0);
  });

  test("what its content rules forbid fails with its words and costs nothing; the others are made", async () => {
    const error = { code: "content_policy_violation", message: "Your request was rejected by the safety system." };
    server.endpoint.faults = (_, { prompt }) => (prompt.includes('"Thing 1"') ? status(400, { error }) : null);
    const { job, generations, batchId } = await makeIcons(await categories(3), byEndpoint);
    expect(job).toMatchObject({ status: "completed", result: { made: 2, failed: 1, costMicros: 20_000 } });
    expect(generations[1]).toMatchObject({ status: "failed", costMicros: 0 });
    expect(generations[1]?.problem).toContain("content rules");
    expect(generations[1]?.problem).toContain("rejected by the safety system");
    server.endpoint.faults = () => null;
    await expect(retryFailed(actor("staff"), { batchId })).rejects.toMatchObject({ code: "forbidden" });
    const { jobId, pictures } = await retryFailed(manager, { batchId });
    expect(pictures).toBe(1);
    await expect(retryFailed(manager, { batchId })).rejects.toMatchObject({ code: "conflict" });
    await workOff(jobId);
    expect((await generationsOf(batchId)).map((generation) => generation.status)).toEqual(Array(3).fill("succeeded"));
    expect(server.endpoint.charges).toHaveLength(3);
  });

  test.each<[string, Fault, string]>([
    ["a refused key", status(401), "refuses the API key"],
    [
      "an account without money",
      status(429, { error: { code: "insufficient_quota", message: "Quota" } }),
      "nothing left",
    ],
    ["an unknown model", status(404), "knows no such model"],
    ["a redirect", status(307), "sends calls elsewhere"],
    ["an endpoint that only fails", status(500), "no picture came 3 times in a row"],
  ])(
    "%s pauses the batch with a sentence; mended, it goes on and each picture is paid once",
    async (_, fault, words) => {
      server.endpoint.faults = () => fault;
      const { jobId, job, generations, batchId } = await makeIcons(await categories(5), byEndpoint);
      expect(job.status).toBe("paused");
      expect(job.error).toContain(words);
      expect(generations.some((generation) => generation.status === "waiting")).toBe(true);
      server.endpoint.faults = () => null;
      await resumeJob(manager, { jobId });
      await workOff(jobId);
      expect(await jobOf(jobId)).toMatchObject({ status: "completed", error: null });
      const ended = await generationsOf(batchId);
      expect(ended.filter((generation) => generation.status === "succeeded").length).toBe(
        server.endpoint.charges.length,
      );
    },
  );

  test("an endpoint that is gone pauses the batch, and nothing counts as paid", async () => {
    await server.stop();
    const { job, generations } = await makeIcons(await categories(4), byEndpoint);
    expect(job).toMatchObject({ status: "paused", error: expect.stringContaining("can't be reached") });
    expect(generations.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)).toBe(0);
    server = await startImageEndpoint();
  });
});

describe("ceilings", () => {
  test("what would exceed the batch's or the month's ceiling is refused before it is begun", async () => {
    const target = await categories(4);
    await expect(askIcons(target, { ...byEndpoint, ceilingMicros: 39_999 })).rejects.toThrow(
      "USD 0.04 would exceed the batch's ceiling of USD 0.039999.",
    );
    await saveEndpoint(server.baseUrl, {}, 30_000);
    await expect(askIcons(target, byEndpoint)).rejects.toThrow("would exceed this month's ceiling of USD 0.03.");
    await saveEndpoint(server.baseUrl, { sizes: [{ pixels: 256, priceMicros: null }] }, 30_000);
    await expect(askIcons(target, byEndpoint)).rejects.toThrow("Nobody entered what a picture costs");
    expect(await db.iconBatch.count()).toBe(0);
  });

  test("a batch stops at its ceiling with a sentence, also with calls side by side, and goes on when it is raised", async () => {
    const target = await categories(6);
    const { jobId, batchId } = await askIcons(target, { ...byEndpoint, ceilingMicros: 60_000 });
    // The price doubles after it was asked for.
    await saveEndpoint(server.baseUrl, { sizes: [{ pixels: 256, priceMicros: 20_000 }] });
    await workOff(jobId);
    expect(await jobOf(jobId)).toMatchObject({
      status: "paused",
      error: expect.stringContaining("would exceed the batch's ceiling of USD 0.06. Raise it"),
    });
    expect(server.endpoint.charges).toHaveLength(3);
    await expect(raiseCeiling(actor("staff"), { batchId, from: 60_000, to: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    await raiseCeiling(manager, { batchId, from: 60_000, to: 120_000 });
    await expect(raiseCeiling(manager, { batchId, from: 60_000, to: 1 })).rejects.toMatchObject({ code: "conflict" });
    await resumeJob(manager, { jobId });
    await workOff(jobId);
    expect(await jobOf(jobId)).toMatchObject({ status: "completed", result: { made: 6, costMicros: 120_000 } });
    expect(server.endpoint.charges).toHaveLength(6);
  });

  test("a ceiling that is lowered while the batch is at work holds from the next picture on", async () => {
    await saveEndpoint(server.baseUrl, { concurrency: 1 });
    const { jobId, batchId } = await askIcons(await categories(6), { ...byEndpoint, ceilingMicros: 60_000 });
    let lowered: Promise<unknown> | undefined;
    server.endpoint.faults = () => {
      lowered ??= raiseCeiling(manager, { batchId, from: 60_000, to: 10_000 });
      return { is: "slow", ms: 300 };
    };
    await workOff(jobId);
    await lowered;
    expect(await jobOf(jobId)).toMatchObject({
      status: "paused",
      error: expect.stringContaining("ceiling of USD 0.01"),
    });
    expect(server.endpoint.charges).toHaveLength(1);
  });

  test("the month's ceiling holds over batches, and goes on when it is raised", async () => {
    await makeIcons(await categories(2), byEndpoint);
    const { jobId } = await askIcons(await categories(3), { ...byEndpoint, makeAnew: true });
    await saveEndpoint(server.baseUrl, {}, 40_000);
    await workOff(jobId);
    expect(await jobOf(jobId)).toMatchObject({
      status: "paused",
      error: expect.stringContaining("this month's ceiling"),
    });
    expect(server.endpoint.charges).toHaveLength(4);
    await saveEndpoint(server.baseUrl, {}, 50_000);
    await resumeJob(manager, { jobId });
    await workOff(jobId);
    expect(await jobOf(jobId)).toMatchObject({ status: "completed" });
    expect(server.endpoint.charges).toHaveLength(5);
  });

  test("what last month cost does not count", async () => {
    await makeIcons(await categories(2), byEndpoint);
    const lastMonth = new Date(Date.now() - 32 * 86_400_000);
    await transaction((tx) => tx.iconGeneration.updateMany({ data: { completedAt: lastMonth } }));
    await saveEndpoint(server.baseUrl, {}, 20_000);
    const { job } = await makeIcons(await categories(2), { ...byEndpoint, makeAnew: true });
    expect(job.status).toBe("completed");
  });
});

describe("an endpoint that charges for each call, whatever its key", () => {
  const heedsKeys = false;
  const payload = { makeAnew: false, useAtOnce: false };

  beforeEach(async () => {
    await server.stop();
    server = await startImageEndpoint({ heedsKeys });
    await saveEndpoint(server.baseUrl, { apiKey: "test-key-0123456789", heedsKeys, timeoutSeconds: 1, concurrency: 1 });
  });

  test.each<[string, Fault]>([
    ["breaks off", { is: "hang-up" }],
    ["comes too late", { is: "slow", ms: 5_000 }],
  ])("is not asked again by itself when its answer %s: it counts, and a person decides", async (_, fault) => {
    server.endpoint.faults = (call) => (call === 1 ? fault : null);
    const { job, generations, batchId } = await makeIcons(await categories(2), byEndpoint);
    expect(generations).toMatchObject([
      { status: "failed", costMicros: 10_000, problem: expect.stringContaining("may be paid a second time") },
      { status: "succeeded", costMicros: 10_000 },
    ]);
    expect(job).toMatchObject({ status: "completed", result: { made: 1, failed: 1, costMicros: 20_000 } });
    expect(server.endpoint.charges).toHaveLength(2);
    const { jobId } = await retryFailed(manager, { batchId });
    await workOff(jobId);
    expect(await generationsOf(batchId)).toMatchObject([{ status: "succeeded", costMicros: 20_000 }, {}]);
    expect(await jobOf(jobId)).toMatchObject({ result: { made: 2, costMicros: 30_000 } });
    expect(server.endpoint.charges).toHaveLength(3);
  });

  test("is not asked again after a death during the call; one that had not begun yet is made", async () => {
    const { batchId } = await askIcons(await categories(2), byEndpoint);
    const died = new AbortController();
    server.endpoint.faults = (call) => {
      if (call === 1) died.abort(new LeaseLostError());
      return { is: "slow", ms: 300 };
    };
    const dead = generateJob.handle({ ...payload, batchId }, quietContext({ signal: died.signal }));
    await expect(dead).rejects.toBeInstanceOf(LeaseLostError);
    expect((await generationsOf(batchId)).map((generation) => generation.status)).toContain("running");
    server.endpoint.faults = () => null;
    await generateJob.handle({ ...payload, batchId }, quietContext());
    expect(await generationsOf(batchId)).toMatchObject([
      { status: "failed", costMicros: 10_000, problem: expect.stringContaining("The worker ended while 127.0.0.1") },
      { status: "succeeded", costMicros: 10_000 },
    ]);
    expect(server.endpoint.charges).toHaveLength(2);
  });

  test("that only breaks off is left alone after three pictures, none of them asked twice", async () => {
    server.endpoint.faults = () => ({ is: "hang-up" });
    const { job, generations } = await makeIcons(await categories(5), byEndpoint);
    expect(job).toMatchObject({ status: "paused", error: expect.stringContaining("no picture came 3 times in a row") });
    expect(generations.map((generation) => generation.status)).toEqual([
      ...["failed", "failed", "failed"],
      ...["waiting", "waiting"],
    ]);
    expect(server.endpoint.charges).toHaveLength(3);
  });
});

test("asked for again after a picture of no use, both are paid, and both count to the ceilings", async () => {
  server.endpoint.faults = (call) => (call === 1 ? { is: "content", what: "small" } : null);
  const { batchId } = await makeIcons(await categories(1), { ...byEndpoint, ceilingMicros: 10_000 });
  const { jobId } = await retryFailed(manager, { batchId });
  await workOff(jobId);
  expect(await jobOf(jobId)).toMatchObject({ status: "paused", error: expect.stringContaining("USD 0.01 spent") });
  await raiseCeiling(manager, { batchId, from: 10_000, to: 20_000 });
  await resumeJob(manager, { jobId });
  await workOff(jobId);
  expect(await generationsOf(batchId)).toMatchObject([{ status: "succeeded", costMicros: 20_000 }]);
  expect(server.endpoint.charges).toHaveLength(2);
});

test("an answer that never came, of an endpoint that heeds keys, is asked for with the same key and counts once", async () => {
  server.endpoint.faults = () => ({ is: "hang-up" });
  const { batchId } = await makeIcons(await categories(1), byEndpoint);
  expect(await generationsOf(batchId)).toMatchObject([{ status: "failed", costMicros: 10_000 }]);
  server.endpoint.faults = () => null;
  const { jobId } = await retryFailed(manager, { batchId });
  await workOff(jobId);
  expect(await generationsOf(batchId)).toMatchObject([{ status: "succeeded", costMicros: 10_000 }]);
  expect(server.endpoint.charges).toHaveLength(1);
});

test("an answer that came is not asked for again after a death, not even of an endpoint that heeds no keys", async () => {
  const target = await categories(1);
  for (let step = 1; step <= 3; step++) {
    await server.stop();
    server = await startImageEndpoint({ heedsKeys: false });
    await saveEndpoint(server.baseUrl, { apiKey: "test-key-0123456789", heedsKeys: false });
    const { batchId } = await askIcons(target, { ...byEndpoint, makeAnew: true });
    const work = () => generateJob.handle({ batchId, makeAnew: true, useAtOnce: false }, quietContext());
    await killedBefore(step, work).catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
    await work();
    expect(await generationsOf(batchId)).toMatchObject([{ status: "succeeded", costMicros: 10_000, attempts: 1 }]);
    expect(server.endpoint.charges).toHaveLength(1);
  }
});

test("given up, a batch keeps counting what may be charged, and nothing for calls that were never made", async () => {
  await saveEndpoint(server.baseUrl, { concurrency: 1 });
  const { batchId } = await askIcons(await categories(2), byEndpoint);
  const work = () => generateJob.handle({ batchId, makeAnew: false, useAtOnce: false }, quietContext());
  // Taken up, and dead before the call.
  server.endpoint.faults = () => status(401);
  await expect(killedBefore(2, work)).rejects.toBeInstanceOf(Killed);
  expect(await generationsOf(batchId)).toMatchObject([{ status: "running", costMicros: 10_000 }, {}]);
  const end = { status: "failed", reason: "The disk is full." } as const;
  await generateJob.giveUp({ batchId, makeAnew: false, useAtOnce: false }, end);
  expect(await generationsOf(batchId)).toMatchObject([{ status: "skipped", costMicros: null }, { costMicros: null }]);
  server.endpoint.faults = () => null;
  await transaction(async (tx) => generateJob.reopen?.(tx, { batchId, makeAnew: false, useAtOnce: false }));
  expect(await work()).toMatchObject({ made: 2, costMicros: 20_000 });
  expect(server.endpoint.charges).toHaveLength(2);
});

test("asked to stop, a worker finishes the calls under way and gives the rest back", async () => {
  const { batchId } = await askIcons(await categories(9), byEndpoint);
  const stop = new AbortController();
  server.endpoint.faults = (call) => {
    if (call === 2) setTimeout(() => stop.abort(new WorkerStoppingError()), 50);
    return { is: "slow", ms: 300 };
  };
  const payload = { batchId, makeAnew: false, useAtOnce: false };
  const work = generateJob.handle(payload, quietContext({ signal: stop.signal }));
  await expect(work).rejects.toBeInstanceOf(WorkerStoppingError);
  const left = (await generationsOf(batchId)).map((generation) => generation.status);
  expect(left).not.toContain("running");
  expect(left.filter((at) => at === "succeeded")).toHaveLength(server.endpoint.charges.length);
  expect(left).toContain("waiting");
});

test("a pause finishes the calls under way, begins no other, and is gone on from", async () => {
  const { jobId, batchId } = await askIcons(await categories(12), byEndpoint);
  server.endpoint.faults = (call) => {
    if (call === 2) void requestPause(manager, { jobId });
    return { is: "slow", ms: 400 };
  };
  await workOff(jobId);
  expect(await jobOf(jobId)).toMatchObject({ status: "paused" });
  const generations = await generationsOf(batchId);
  expect(generations.some(({ status: at }) => at === "running")).toBe(false);
  const made = generations.filter(({ status: at }) => at === "succeeded").length;
  expect(made).toBe(server.endpoint.charges.length);
  expect(made).toBeLessThan(12);
  server.endpoint.faults = () => null;
  await resumeJob(manager, { jobId });
  await workOff(jobId);
  expect(await jobOf(jobId)).toMatchObject({ status: "completed", result: { made: 12, costMicros: 120_000 } });
  expect(server.endpoint.charges).toHaveLength(12);
});
