import { beforeEach, describe, expect, test } from "vitest";
import { db, engine, transaction } from "@/lib/db/client";
import { measureStorage } from "@/lib/db/storage";
import { actor, createChange, createFeedSource, createJob, createProduct, createRun } from "@/lib/testing/factories";
import { Killed, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { planRetention } from "./plan";
import { requestCompact, requestRetention, scheduleRetention } from "./request";
import { retentionJob } from "./retention-job";
import { getRetention, retentionInput, setRetention } from "./settings";

const admin = actor("admin");
const manager = actor("manager");

beforeEach(() => resetDatabase());

function daysAgo(days: number) {
  return new Date(Date.now() - days * 86_400_000);
}

/** A run that ended so many days ago. */
function endedRun(days: number, data: Partial<Prisma.SyncHistoryUncheckedCreateInput> = {}) {
  const completedAt = daysAgo(days);
  return createRun({ status: "success", completedAt, startedAt: completedAt, createdAt: completedAt, ...data });
}

function createRejection(runId: string, data: Partial<Prisma.SyncRejectionUncheckedCreateInput> = {}) {
  const row = { runId, file: "a.csv", line: 2, code: "price_zero", reason: "A price is more than 0.", raw: "x" };
  return transaction((tx) => tx.syncRejection.create({ data: { ...row, ...data } }));
}

async function clear() {
  const { jobId } = await requestRetention(admin);
  await workOff(jobId);
  return db.job.findUniqueOrThrow({ where: { id: jobId } });
}

describe("clearing old history", () => {
  test("C147 drops the rows of runs past their time in batches, and the counts stay", async () => {
    const source = await createFeedSource();
    const old = await endedRun(91, { feedSourceId: source.id, created: 2_500, changeBytes: 1_000_000n });
    const rows = Array.from({ length: 2_500 }, (_, n) => ({
      ...{ runId: old.id, entity: "product", action: "create", kind: "new", state: "applied" },
      ...{ externalKey: `k${n}`, label: `K${n}` },
    })) as Prisma.SyncChangeCreateManyInput[];
    await transaction((tx) => tx.syncChange.createMany({ data: rows }));
    await createRejection(old.id, { handledByRunId: old.id });
    const last = await endedRun(89, { feedSourceId: source.id });
    const kept = await createChange(last.id, { state: "applied" });
    const plan = await planRetention(admin);
    expect(plan).toMatchObject({ runs: 1, changes: 2_500, rejections: 1, forgotten: 0, isCapped: false });
    expect(plan.bytes).toBeGreaterThan(1_000_000);

    const job = await clear();
    expect(job).toMatchObject({ status: "completed", result: { runs: 1, changes: 2_500, rejections: 1 } });
    expect((await db.syncChange.findMany()).map((change) => change.id)).toEqual([kept.id]);
    expect(await db.syncRejection.count()).toBe(0);
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: old.id } });
    expect(run).toMatchObject({ created: 2_500, prunedAt: expect.any(Date) });
    expect(await planRetention(admin)).toMatchObject({ runs: 0, changes: 0 });
  });

  test("keeps what waits for a person, runs in review and the last good run of each source", async () => {
    const [first, second] = [await createFeedSource(), await createFeedSource()];
    const open = await endedRun(200, { feedSourceId: first.id, status: "partial" });
    const waiting = await createChange(open.id, { kind: "ambiguous", state: "staged" });
    const missing = await createChange(open.id, { kind: "missing", state: "applied", openSince: daysAgo(200) });
    await createChange(open.id, { state: "applied" });
    const refused = await createRejection(open.id);
    await createRejection(open.id, { dismissedAt: daysAgo(100) });
    await createRejection(open.id, { severity: "warning" });
    const review = await endedRun(200, { feedSourceId: first.id, status: "review" });
    const reviewed = await createChange(review.id, { state: "staged" });
    const lastOfFirst = await endedRun(150, { feedSourceId: first.id });
    const lastOfSecond = await endedRun(300, { feedSourceId: second.id });
    const lastRows = [
      await createChange(lastOfFirst.id, { state: "applied" }),
      await createChange(lastOfSecond.id, { state: "applied" }),
    ];
    await clear();
    const changes = (await db.syncChange.findMany({ orderBy: { id: "asc" } })).map((change) => change.id);
    expect(changes).toEqual([waiting.id, missing.id, reviewed.id, ...lastRows.map((change) => change.id)]);
    expect((await db.syncRejection.findMany()).map((row) => row.id)).toEqual([refused.id]);
  });

  test("forgets a run after its days, but none that a product came from or that another takes back", async () => {
    const source = await createFeedSource();
    const maker = await endedRun(500, { feedSourceId: source.id });
    await createProduct({ createdByRunId: maker.id });
    const undone = await endedRun(450, { feedSourceId: source.id, status: "reverted" });
    await endedRun(10, { feedSourceId: source.id, undoesRunId: undone.id, trigger: "undo" });
    const gone = await endedRun(401, { feedSourceId: source.id, status: "failed" });
    await createChange(gone.id, { state: "skipped" });
    const young = await endedRun(399, { feedSourceId: source.id, status: "failed" });
    await endedRun(1, { feedSourceId: source.id });
    const job = await clear();
    expect(job.result).toMatchObject({ forgotten: 1 });
    const left = (await db.syncHistory.findMany()).map((run) => run.id);
    expect(left).not.toContain(gone.id);
    expect(left).toEqual(expect.arrayContaining([maker.id, undone.id, young.id]));
    const entry = await db.auditEntry.findFirstOrThrow({ where: { action: "sync.forget" } });
    expect(entry.after).toEqual({ runs: [gone.number] });
  });

  test("gives the space back and tells how much", async () => {
    const source = await createFeedSource();
    const old = await endedRun(91, { feedSourceId: source.id });
    const fields = { product: { text: "x".repeat(20_000) } };
    for (let n = 0; n < 200; n++) await createChange(old.id, { state: "applied", fields });
    await endedRun(1, { feedSourceId: source.id });
    const { result } = await clear();
    if (engine() === "postgresql") return void expect(result).toMatchObject({ changes: 200 });
    expect(await measureStorage()).toMatchObject({ givesBack: "steps", freeBytes: 0 });
    const pages = await db.$queryRaw<{ page_count: number | bigint }[]>`PRAGMA page_count`;
    expect(Number(pages[0]?.page_count) * 4096).toBeLessThan(200 * 20_000);
  });

  test("gives the space back also when an earlier try died behind its last row", async () => {
    const source = await createFeedSource();
    const old = await endedRun(91, { feedSourceId: source.id });
    const fields = { product: { text: "x".repeat(20_000) } };
    for (let n = 0; n < 20; n++) await createChange(old.id, { state: "applied", fields });
    await endedRun(1, { feedSourceId: source.id });
    const stages: string[] = [];
    const dying = quietContext({
      async report({ stage }) {
        stages.push(stage);
        if (stage === "Giving space back") throw new Killed();
      },
    });
    await expect(retentionJob.handle({}, dying)).rejects.toThrow(Killed);
    await expect(retentionJob.handle({}, dying)).rejects.toThrow(Killed);
    expect(stages.filter((stage) => stage.startsWith("Clearing the rows"))).toHaveLength(1);
    await retentionJob.handle({}, quietContext());
    if (engine() === "sqlite") expect(await measureStorage()).toMatchObject({ freeBytes: 0 });
  });

  test("is asked for once, by admins; the daily look asks only when something is due, and once a day", async () => {
    await expect(requestRetention(manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(requestCompact(manager)).rejects.toMatchObject({ code: "forbidden" });
    const both = await Promise.allSettled([requestRetention(admin), requestRetention(admin)]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await resetDatabase();
    await scheduleRetention();
    expect(await db.job.count()).toBe(0);
    await endedRun(100, { status: "failed" });
    await Promise.all([scheduleRetention(), scheduleRetention(), scheduleRetention()]);
    expect(await db.job.count({ where: { jobType: "sync.retention" } })).toBe(1);
    await resetDatabase();
    await endedRun(100, { status: "failed" });
    await createJob({ jobType: "sync.retention", status: "completed", createdAt: daysAgo(0.5) });
    await scheduleRetention();
    expect(await db.job.count()).toBe(1);
  });
});

describe("how long history stays", () => {
  const seen = { runDays: 400, rowDays: 90 };

  test("is 400 and 90 days until an admin says otherwise; the second of two admins is told", async () => {
    expect(await getRetention(actor("staff"))).toEqual(seen);
    await setRetention(admin, { from: seen, to: { runDays: 500, rowDays: 30 } });
    expect(await getRetention(admin)).toEqual({ runDays: 500, rowDays: 30 });
    const late = setRetention(admin, { from: seen, to: { runDays: 60, rowDays: 30 } });
    await expect(late).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("500 days") });
    await setRetention(admin, { from: { runDays: 500, rowDays: 30 }, to: { runDays: 500, rowDays: 40 } });
    expect(await db.auditEntry.count({ where: { action: "retention.change" } })).toBe(2);
  });

  test("of two admins who set them at once the second is told, also where nobody had set any", async () => {
    const set = (runDays: number) => setRetention(admin, { from: seen, to: { runDays, rowDays: 30 } });
    const both = await Promise.allSettled([set(500), set(600)]);
    const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ code: "conflict" })]);
  });

  test("managers may not, and days that make no sense are refused in words", async () => {
    await expect(setRetention(manager, { from: seen, to: seen })).rejects.toMatchObject({ code: "forbidden" });
    const shorter = retentionInput.safeParse({ from: seen, to: { runDays: 60, rowDays: 90 } });
    expect(shorter.error?.issues[0]?.message).toContain("at least as long");
    expect(retentionInput.safeParse({ from: seen, to: { runDays: 400, rowDays: 1 } }).success).toBe(false);
  });
});
