import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { actor, createJob, createRun, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { currentWork } from "./current-work";
import { getJob } from "./get-job";
import { addLines, newLine } from "./job-lines";
import { isWorkerAlive, listJobs } from "./queries";

const staff = actor("staff");
const nobody = { ...staff, role: "guest" } as unknown as Actor;
const now = () => new Date();
const silent = () => new Date(Date.now() - 61_000);

beforeEach(resetDatabase);

describe("jobs", () => {
  test("the newest come first, and pages walked both ways lose none", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await createJob()).id);
    const first = await listJobs(staff, { size: 2 });
    const second = await listJobs(staff, { size: 2, before: first.older ?? undefined });
    const third = await listJobs(staff, { size: 2, before: second.older ?? undefined });
    expect([...first.rows, ...second.rows, ...third.rows].map((job) => job.id)).toEqual(ids);
    expect(third.older).toBeNull();
    const back = await listJobs(staff, { size: 2, after: second.newer ?? undefined });
    expect(back.rows.map((job) => job.id)).toEqual(ids.slice(0, 2));
    expect(back.newer).toBeNull();
  });

  test("a running job silent for a minute is lost, in the list and in its filters", async () => {
    const alive = await createJob({ status: "running", heartbeatAt: now() });
    const dead = await createJob({ status: "running", heartbeatAt: silent() });
    const never = await createJob({ status: "running" });
    const marked = await createJob({ status: "lost" });
    const ids = async (status: "running" | "lost") => (await listJobs(staff, { status })).rows.map((job) => job.id);
    expect(await ids("running")).toEqual([alive.id]);
    expect(await ids("lost")).toEqual([marked.id, never.id, dead.id]);
    expect((await getJob(staff, dead.id))?.status).toBe("lost");
  });

  test("a job whose worker says nothing is not at work in the header of every page either", async () => {
    const { id } = await createJob({ status: "running", heartbeatAt: now() });
    await createJob({ status: "running", heartbeatAt: silent() });
    await createJob({ status: "running", heartbeatAt: null });
    expect(await currentWork(staff)).toMatchObject({ running: [{ id }], runningCount: 1 });
  });

  test("mine are the jobs I started, named after me", async () => {
    const user = await createUser("manager", { firstName: "Ada", lastName: "Lovelace" });
    const mine = await createJob({ userId: user.id });
    await createJob();
    const { rows } = await listJobs(actor("manager", { userId: user.id }), { who: "me" });
    expect(rows.map((job) => [job.id, job.startedBy])).toEqual([[mine.id, "Ada Lovelace"]]);
  });

  test("a job's page has its run, its progress and the end of its log", async () => {
    const progress = {
      stage: "Reading",
      done: 50,
      total: 200,
      unit: "rows",
      ratePerSecond: 10,
      startedAt: now().toISOString(),
    };
    const run = await createRun();
    const parameters = { runId: run.id };
    const job = await createJob({
      status: "running",
      heartbeatAt: now(),
      stageProgress: progress,
      parameters,
    });
    const lines = Array.from({ length: 205 }, (_, i) => newLine(`line ${i}`));
    await transaction((tx) => addLines(tx, job.id, lines));
    const found = await getJob(staff, job.id);
    expect(found).toMatchObject({ stageProgress: progress, run: { number: run.number }, linesBefore: 5 });
    expect(found?.log.at(-1)).toMatchObject({ level: "info", text: "line 204" });
    expect(await getJob(staff, "none")).toBeNull();
  });

  test("a worker counts as alive while its last sign is younger than a minute", async () => {
    const worker = (heartbeatAt: Date) =>
      transaction((tx) => tx.worker.create({ data: { pid: 1, host: "h", heartbeatAt } }));
    await worker(silent());
    expect(await isWorkerAlive(staff)).toBe(false);
    await worker(now());
    expect(await isWorkerAlive(staff)).toBe(true);
  });

  test("somebody without a role sees no job", async () => {
    const refused = { code: "forbidden" };
    await expect(listJobs(nobody, {})).rejects.toMatchObject(refused);
    await expect(getJob(nobody, "x")).rejects.toMatchObject(refused);
    await expect(isWorkerAlive(nobody)).rejects.toMatchObject(refused);
  });
});
