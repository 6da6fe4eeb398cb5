import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import iconv from "iconv-lite";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, createChange, createFeedSource, createJob, createRun, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { exportRejections } from "./export-rejections";
import { listRunRejections } from "./list-rejections";
import { getRun, listRuns } from "./queries";
import { listOpenWork, listRecentChanges, runsByDay } from "./recent-work";
import { listRunChanges } from "./run-changes";
import { countItems } from "./run-words";

const staff = actor("staff");
const nobody = { ...staff, role: "guest" } as unknown as Actor;

beforeEach(resetDatabase);

function createRejection(runId: string, data: Partial<Prisma.SyncRejectionUncheckedCreateInput> = {}) {
  return transaction((tx) =>
    tx.syncRejection.create({
      data: {
        runId,
        file: "a.csv",
        line: 2,
        code: "price_zero",
        reason: "A price is more than 0.",
        raw: "x,0",
        ...data,
      },
    }),
  );
}

function createFile(runId: string, data: Partial<Prisma.SyncFileUncheckedCreateInput> = {}) {
  return transaction((tx) =>
    tx.syncFile.create({ data: { runId, name: "a.csv", bytes: 10, encoding: "utf-8", ...data } }),
  );
}

describe("sync history", () => {
  test("pages walked forwards and back show every run once, newest first", async () => {
    const numbers: number[] = [];
    for (let i = 0; i < 7; i++) numbers.unshift((await createRun()).number);
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await listRuns(staff, { before, size: 3 });
      seen.push(...page.rows.map((run) => run.number));
      expect(page.total).toBe(7);
      if (page.older === null) break;
      before = page.older;
    }
    expect(seen).toEqual(numbers);
    const last = await listRuns(staff, { before: numbers[4], size: 3 });
    expect(last.newer).toBe(numbers[5]);
    const back = await listRuns(staff, { after: last.newer ?? undefined, size: 3 });
    expect(back.rows.map((run) => run.number)).toEqual(numbers.slice(2, 5));
  });

  test("filters narrow by source, outcome, days, rejections and dry runs", async () => {
    const source = await createFeedSource();
    const old = new Date(Date.now() - 40 * 86_400_000);
    const mine = await createRun({ feedSourceId: source.id, status: "success", rejected: 3 });
    await createRun({ status: "failed" });
    await createRun({ status: "success", isDryRun: true });
    await createRun({ status: "success", createdAt: old });
    const count = async (search: Parameters<typeof listRuns>[1]) => (await listRuns(staff, search)).rows.length;
    expect(await count({ source: source.id })).toBe(1);
    expect(await count({ status: "failed" })).toBe(1);
    expect(await count({ days: 30 })).toBe(3);
    expect(await count({ dry: "only" })).toBe(1);
    expect(await count({ dry: "none" })).toBe(3);
    expect((await listRuns(staff, { rejections: true })).rows.map((run) => run.id)).toEqual([mine.id]);
  });

  test("a run names who started it and shows a silent worker as lost", async () => {
    const user = await createUser("manager", { firstName: "Ada", lastName: "Lovelace" });
    const silent = new Date(Date.now() - 61_000);
    const job = await createJob({ status: "running", heartbeatAt: silent, startedAt: silent });
    const run = await createRun({ userId: user.id, jobId: job.id, status: "running" });
    const { rows } = await listRuns(staff, {});
    expect(rows[0]).toMatchObject({ id: run.id, startedBy: "Ada Lovelace", job: { status: "lost", isSilent: true } });
  });
});

describe("one run", () => {
  test("its counts add up to the products it knows, by number and by id alike", async () => {
    const counts = { created: 294, updated: 212, missing: 73, held: 2, rejected: 5, repeated: 1, unchanged: 14_121 };
    const { id, number } = await createRun({
      ...counts,
      metadata: { categories: { created: 1, updated: 0, unchanged: 9 } },
    });
    await createChange(id, { kind: "new" });
    await createChange(id, { kind: "moved", state: "applied" });
    await createChange(id, { kind: "ambiguous" });
    await createRejection(id);
    await createRejection(id, { severity: "warning" });
    await createFile(id, { rowsRead: 10, rowsStaged: 4, rowsUnchanged: 3, rowsRepeated: 1, rowsRejected: 2 });
    const run = await getRun(staff, number);
    expect(run && countItems(run.counts)).toBe(294 + 212 + 73 + 2 + 5 + 1 + 14_121);
    expect(run).toMatchObject({
      kinds: { new: 1, moved: 1, ambiguous: 1 },
      states: { staged: 2, applied: 1 },
      rejections: 1,
      remarks: 1,
      categories: { created: 1 },
      files: [{ rowsRead: 10, bytes: 10 }],
    });
    expect((await getRun(staff, id))?.number).toBe(number);
    expect(await getRun(staff, number + 1)).toBeNull();
  });

  test("changes are found by kind, state and text, ASCII case aside, and pages lose none", async () => {
    const { id } = await createRun();
    const other = await createRun();
    await createChange(other.id, { label: "ELSEWHERE" });
    for (let i = 0; i < 5; i++) await createChange(id, { label: `AB%-${i}`, name: "Étui Pen" });
    await createChange(id, { entity: "category", label: "paper", kind: "new" });
    await createChange(id, { label: "ZZ", kind: "unmatched", state: "skipped" });
    const labels = async (search: Parameters<typeof listRunChanges>[2]) =>
      (await listRunChanges(staff, id, search)).rows.map((row) => row.label);
    expect(await labels({ entity: "category" })).toEqual(["paper"]);
    expect(await labels({ held: true })).toEqual(["ZZ"]);
    expect(await labels({ state: "skipped" })).toEqual(["ZZ"]);
    expect(await labels({ q: "ab%-3" })).toEqual(["AB%-3"]);
    expect(await labels({ q: "PEN", kind: "changed" })).toHaveLength(5);
    const first = await listRunChanges(staff, id, { size: 3 });
    const second = await listRunChanges(staff, id, { size: 3, after: first.next ?? undefined });
    const third = await listRunChanges(staff, id, { size: 3, after: second.next ?? undefined });
    expect(first.total).toEqual({ count: 7, isCapped: false });
    expect([...first.rows, ...second.rows, ...third.rows]).toHaveLength(7);
    expect(third.next).toBeNull();
    const back = await listRunChanges(staff, id, { size: 3, before: second.previous ?? undefined });
    expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    expect(back.previous).toBeNull();
  });

  test("a long change shows its first fields, and all of them when opened", async () => {
    const { id } = await createRun();
    const update = Array.from({ length: 9 }, (_, i) => ({ field: `f${i}`, before: null, after: i }));
    const change = await createChange(id, { fields: { update } });
    const [closed] = (await listRunChanges(staff, id, {})).rows;
    expect(closed?.lines).toHaveLength(6);
    expect(closed?.linesLeft).toBe(3);
    const [open] = (await listRunChanges(staff, id, { open: change.id })).rows;
    expect(open?.lines).toHaveLength(9);
  });
});

describe("rejections in their original form", () => {
  async function archived(bytes: Buffer, kind: "erp" | "etilize", encoding: string) {
    const source = await createFeedSource({ kind });
    await mkdir(join(env().dataFolder, "feeds"), { recursive: true });
    await writeFile(join(env().dataFolder, "feeds", "items.csv"), bytes);
    const feedFile = await transaction((tx) =>
      tx.feedFile.create({
        data: {
          sourceId: source.id,
          name: "items.csv",
          hash: "h",
          bytes: bytes.length,
          storagePath: "feeds/items.csv",
        },
      }),
    );
    const run = await createRun({ feedSourceId: source.id });
    await createFile(run.id, { name: "items.csv", encoding, feedFileId: feedFile.id });
    return run;
  }

  test("a headed file comes with its header, its line ends and its encoding, each record once", async () => {
    const header = 'Item,"Pr\nice",Désignation';
    const run = await archived(iconv.encode(`${header}\r\n1,2,3\r\n`, "windows-1252"), "erp", "windows-1252");
    await createRejection(run.id, { file: "items.csv", line: 3, raw: "é1,0,x" });
    await createRejection(run.id, { file: "items.csv", line: 3, raw: "é1,0,x", reason: "The code is short." });
    await createRejection(run.id, { file: "items.csv", line: 4, raw: '"b,1",N/A,y' });
    await createRejection(run.id, { file: "items.csv", line: 5, raw: "fine", severity: "warning" });
    const plain = await exportRejections(staff, run.id);
    expect(plain.filename).toBe("items.csv");
    const chunks: Buffer[] = [];
    for await (const chunk of plain.body) chunks.push(chunk);
    expect(iconv.decode(Buffer.concat(chunks), "windows-1252")).toBe(`${header}\r\né1,0,x\r\n"b,1",N/A,y\r\n`);
    const told = await text((await exportRejections(staff, run.id, { reasons: true })).body.setEncoding("latin1"));
    expect(told).toContain(`,Reason\r\n`);
    expect(told).toContain(`x,"Line 3: A price is more than 0. The code is short."\r\n`);
  });

  test("tables without a header come as they are, several files as one zip", async () => {
    const run = await archived(Buffer.from("1,2\r\n"), "etilize", "windows-1252");
    await createRejection(run.id, { file: "items.csv", raw: '"a \\" b",1' });
    expect(await text((await exportRejections(staff, run.id)).body)).toBe('"a \\" b",1\r\n');
    await createRejection(run.id, { file: "other.csv", raw: "9" });
    const both = await exportRejections(staff, run.id);
    expect(both.contentType).toBe("application/zip");
    expect((await text(both.body)).startsWith("PK")).toBe(true);
  });

  test("nothing refused and an unknown run are both told in words", async () => {
    const run = await createRun();
    await expect(exportRejections(staff, run.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(exportRejections(staff, "none")).rejects.toMatchObject({ code: "not_found" });
  });

  test("the list keeps file order and pages both ways", async () => {
    const run = await createRun();
    for (let line = 1; line <= 5; line++) await createRejection(run.id, { line });
    const first = await listRunRejections(staff, run.id, { size: 2 });
    const second = await listRunRejections(staff, run.id, { size: 2, after: first.next ?? undefined });
    expect([...first.rows, ...second.rows].map((row) => row.line)).toEqual([1, 2, 3, 4]);
    const back = await listRunRejections(staff, run.id, { size: 2, before: second.previous ?? undefined });
    expect(back.rows.map((row) => row.line)).toEqual([1, 2]);
    expect(back.previous).toBeNull();
  });
});

describe("overview", () => {
  test("runs fall on their days, and days without one are there", async () => {
    const now = new Date("2026-11-07T12:00:00Z");
    await createRun({ startedAt: new Date("2026-11-07T00:00:00Z"), created: 4, status: "success" });
    await createRun({ startedAt: new Date("2026-11-05T23:59:59Z"), updated: 2, status: "failed" });
    await createRun({ startedAt: new Date("2026-11-05T23:59:59Z"), updated: 9, isDryRun: true });
    await createRun({ startedAt: new Date("2026-11-04T23:59:59Z") });
    const days = await runsByDay(staff, 3, now);
    expect(days.map((day) => [day.day, day.runs, day.added, day.changed, day.failed])).toEqual([
      ["2026-11-05", 1, 0, 2, 1],
      ["2026-11-06", 0, 0, 0, 0],
      ["2026-11-07", 1, 4, 0, 0],
    ]);
  });

  test("open work names runs to review and the last failure, and a later good run settles it", async () => {
    const source = await createFeedSource();
    const waiting = await createRun({ status: "review", startedAt: new Date() });
    const failed = await createRun({ feedSourceId: source.id, status: "failed", completedAt: new Date() });
    const before = await listOpenWork(staff);
    expect(before.named.map((row) => row.run).sort()).toEqual([waiting.number, failed.number].sort());
    await createRun({ feedSourceId: source.id, status: "success", completedAt: new Date() });
    expect((await listOpenWork(staff)).named.map((row) => row.run)).toEqual([waiting.number]);
  });

  test("recent changes come from the newest run that changed products", async () => {
    expect(await listRecentChanges(staff)).toBeNull();
    const run = await createRun({ status: "success", updated: 1 });
    const fields = { update: [{ field: "priceCents", before: 100, after: 200 }] };
    await createChange(run.id, { state: "applied", fields });
    const recent = await listRecentChanges(staff);
    expect(recent?.run.number).toBe(run.number);
    expect(recent?.rows[0]?.lines).toEqual(fields.update);
  });
});

test("somebody without a role sees no run, change, rejection or figure", async () => {
  const run = await createRun();
  const refused = { code: "forbidden" };
  await expect(listRuns(nobody, {})).rejects.toMatchObject(refused);
  await expect(getRun(nobody, run.id)).rejects.toMatchObject(refused);
  await expect(listRunChanges(nobody, run.id, {})).rejects.toMatchObject(refused);
  await expect(listRunRejections(nobody, run.id, {})).rejects.toMatchObject(refused);
  await expect(exportRejections(nobody, run.id)).rejects.toMatchObject(refused);
  await expect(runsByDay(nobody, 1)).rejects.toMatchObject(refused);
  await expect(listOpenWork(nobody)).rejects.toMatchObject(refused);
  await expect(listRecentChanges(nobody)).rejects.toMatchObject(refused);
});
