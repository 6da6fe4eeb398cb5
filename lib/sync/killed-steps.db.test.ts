import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { requestFeedImport } from "@/lib/feeds/mutations";
import { jobDefinition } from "@/lib/jobs/registry";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { importRows, MANY } from "@/lib/testing/import-rows";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { createRule } from "./approval-rules/mutations";
import { feedProfile } from "./feed-profile";
import { answerMatches } from "./match-queue/answer-match";
import { approveRun } from "./mutations";
import { getRowToMend, mendRow } from "./retry/mend-row";
import { requestRetry } from "./retry/request-retry";
import { approveRows } from "./review/answer-rows";
import { runStages } from "./run-metadata";
import { requestUndo } from "./undo/request-undo";

const folder = await mkdtemp(join(tmpdir(), "stockroom-steps-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

const manager = actor("manager");

/** Works a job that dies before its `step`-th transaction: what is not committed by then is lost, as by SIGKILL. */
async function work(jobId: string, step: number) {
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const definition = jobDefinition(job.jobType);
  if (!definition) throw new Error(job.jobType);
  const payload = definition.payload.parse(job.parameters);
  await killedBefore(step, () => definition.handle(payload, quietContext({ jobId })));
}

/** All that can be said of how it ended: the catalogue, each run's counts, and how its rows stand. */
async function endState() {
  const runs = await db.syncHistory.findMany({ orderBy: { number: "asc" } });
  const changes = await db.syncChange.findMany({
    orderBy: { id: "asc" },
    select: { externalKey: true, kind: true, state: true, rule: true, reason: true, openSince: true, runId: true },
  });
  const rejections = await db.syncRejection.findMany({ orderBy: { id: "asc" } });
  const files = await db.syncFile.findMany({ orderBy: [{ runId: "asc" }, { name: "asc" }] });
  const numberOf = new Map(runs.map(({ id, number }) => [id, number]));
  return {
    catalogue: await catalogueHashes(),
    runs: runs.map(({ number, status, processed, successful, failed, skipped, created, updated, deleted, held }) => ({
      ...{ number, status, processed, successful, failed, skipped, created, updated, deleted, held },
    })),
    read: runs.map(({ totalItems, unchanged, missing, rejected, repeated, heldReason, changeBytes, ...run }) => {
      const stages = runStages
        .parse(run.stages)
        .map(({ stage, finishedAt }) => ({ stage, isOpen: finishedAt === null }));
      const profile = feedProfile.nullable().parse(run.profile);
      // Each preparation writes files of its own.
      const ends = Object.values(profile?.ends ?? {});
      const counts = { totalItems, unchanged, missing, rejected, repeated, changeBytes: Number(changeBytes) };
      return { ...counts, heldReason, stages, profile: { ...profile, ends } };
    }),
    files: files.map(({ rowsRead, rowsStaged, rowsUnchanged, rowsRepeated, rowsRejected }) => ({
      ...{ rowsRead, rowsStaged, rowsUnchanged, rowsRepeated, rowsRejected },
    })),
    changes: changes.map(({ runId, openSince, ...change }) => ({
      ...{ ...change, run: numberOf.get(runId), isOpen: openSince !== null },
    })),
    rejections: rejections.map(({ line, code, handledByRunId, dismissedAt }) => ({
      ...{ line, code, by: numberOf.get(handledByRunId ?? ""), isDismissed: dismissedAt !== null },
    })),
    aliases: await db.codeAlias.count(),
  };
}

/**
 * Prepares twice: works the job once as it is, once dying again and again, each time as soon as it has come to a state
 * that it was not killed in before. So every state it commits is one it has to go on from, the last ones too.
 */
async function expectSameEnd(of: string, prepare: () => Promise<string>) {
  await work(await prepare(), 0);
  const expected = await endState();
  await resetDatabase();
  const jobId = await prepare();
  const killedIn = new Set<string>();
  let deaths = 0;
  for (let step = 1; ; ) {
    try {
      await work(jobId, step);
      break;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      deaths++;
    }
    const state = JSON.stringify(await endState());
    if (killedIn.has(state)) step++;
    killedIn.add(state);
  }
  expect(await endState()).toEqual(expected);
  // Killed behind its last transaction, before anybody knew that it was done.
  await work(jobId, 0);
  expect(await endState()).toEqual(expected);
  expect(deaths).toBeGreaterThan(3);
  reportProof("R2", { of, steps: deaths });
  return expected;
}

let files = 0;

async function csv(lines: string[]) {
  const path = join(folder, `rows-${++files}.csv`);
  const header = "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]";
  await writeFile(path, `${[header, ...lines].join("\r\n")}\r\n`);
  return path;
}

const penRow = (n: number, price = "1.00") => `pen-${n},Pen ${n},,${price},SPR${100 + n}`;
const pens = (from: number, to: number, price?: string) =>
  Array.from({ length: to - from }, (_, at) => penRow(from + at, price));

/** A second feed behind `pens(0, 1_300)`, in which all that can happen to a row happens, some of it a batch later. */
function manyKinds() {
  const said = pens(0, 1_250).map((row, n) =>
    n % 60 === 0 ? penRow(n, "40.00") : n % 7 === 0 ? penRow(n, "1.10") : row,
  );
  const fresh = pens(1_300, 3_200).map((row, n) =>
    n % 97 === 0 ? penRow(1_300 + n, "free") : n % 89 === 0 ? `${row},too,many` : row,
  );
  const twins = [`twin-a,Twin A,036000291452,1.00,TWIN1`, `twin-b,Twin B,036000291452,1.00,TWIN2`];
  const again = [penRow(3), penRow(1_303), penRow(5, "9.00"), penRow(14, "3.00"), penRow(1_310, "2.00")];
  return [...said, twins[0] ?? "", ...fresh, twins[1] ?? "", ...again];
}

async function requestImport(lines: string[], autoApprove: boolean) {
  const { id: sourceId } = await db.feedSource.findFirstOrThrow();
  const path = await csv(lines);
  const asked = { sourceId, files: [{ path, name: "rows.csv" }], dryRun: false, autoApprove };
  return (await requestFeedImport(SYSTEM, asked)).jobId;
}

describe("R2 killed before each of its transactions, it ends as an uninterrupted one does", () => {
  test("an undo, with kept values, moves, what is new and what went missing", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("an undo", async () => {
      await importRows({ ...MANY, SPR1: {}, SPR2: {}, SPR3: {} });
      const person = actorOf(await createUser("manager", { id: "person" }));
      const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
      await updateProduct(person, { id, changes: { name: { to: "Mine" } }, metafields: [] });
      const run = await importRows({
        ...MANY,
        SPR1: { title: "Theirs", price: "2.10" },
        SPR2: { category: "Office > Rulers", colour: "" },
        SPR4: { category: "Garden > Hoses" },
      });
      return (await requestUndo(SYSTEM, { runId: run.id })).jobId;
    });
    expect(end.runs.at(-1)).toMatchObject({ status: "success", deleted: 1, updated: 3 });
  });

  test("an import of which rules let a part pass", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("a rule pass", async () => {
      await importFiles("shopify_csv", [await csv(pens(0, 20))]);
      const limits = { maxIncreasePercent: 10, maxDecreasePercent: 10 };
      await createRule(SYSTEM, { name: "Small steps", sourceId: null, field: "priceCents", ...limits });
      return requestImport([...pens(0, 5, "1.05"), ...pens(5, 9, "1.50"), ...pens(9, 20)], false);
    });
    expect(end.runs.at(-1)).toMatchObject({ status: "review", successful: 5 });
  });

  test("a review of which some rows are approved, some have changed since", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("a review's apply", async () => {
      await importFiles("shopify_csv", [await csv(pens(0, 20))]);
      const run = await importFiles("shopify_csv", [await csv([...pens(0, 6, "1.50"), ...pens(6, 20)])], {
        yes: false,
      });
      const person = actorOf(await createUser("manager", { id: "person" }));
      const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR100" } });
      await updateProduct(person, { id, changes: { priceCents: { to: 777 } }, metafields: [] });
      const rows = await db.syncChange.findMany({ where: { runId: run.id }, orderBy: { id: "asc" }, take: 4 });
      const choice = { ids: rows.map((row) => row.id) };
      return (await approveRows(manager, { runId: run.id, choice, shownAt: new Date() })).jobId;
    });
    expect(end.runs.at(-1)).toMatchObject({ status: "review", successful: 3 });
  });

  test("a whole run approved", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("an approved run's apply", async () => {
      await importFiles("shopify_csv", [await csv(pens(0, 20))]);
      const run = await importFiles("shopify_csv", [await csv(pens(0, 20, "1.50"))], { yes: false });
      return (await approveRun(manager, { runId: run.id })).jobId;
    });
    expect(end.runs.at(-1)).toMatchObject({ status: "success", successful: 20 });
  });

  test("refused rows tried again", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("a retry", async () => {
      const run = await importFiles("shopify_csv", [
        await csv([...pens(0, 20), penRow(20, "free"), penRow(21, "none")]),
      ]);
      const person = actorOf(await createUser("manager", { id: "person" }));
      const refused = await db.syncRejection.findFirstOrThrow({ where: { runId: run.id }, orderBy: { id: "asc" } });
      const row = await getRowToMend(person, refused.id);
      const rows = (row.rows ?? []).map((cells) => cells.map((cell) => (cell === "free" ? "4.00" : cell)));
      await mendRow(person, { id: refused.id, from: row.text, mended: { as: "cells", rows } });
      const asked = { runId: run.id, which: { type: "open" as const }, autoApprove: true };
      return (await requestRetry(person, asked)).jobId;
    });
    expect(end.rejections.filter(({ by }) => by !== undefined)).toHaveLength(1);
    expect(end.runs.at(-1)).toMatchObject({ successful: 1 });
  });

  test("an answer that makes a held row a product", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("an answer", async () => {
      const path = join(folder, `items-${++files}.csv`);
      await writeFile(path, "ItemNumber,Description,UnitPrice,QuantityOnHand\nZZZ9000,Bracket,1.10,7\n");
      await importFiles("erp", [path]);
      const person = actorOf(await createUser("manager", { id: "person" }));
      const held = await db.syncChange.findFirstOrThrow({ where: { kind: "unmatched" } });
      const answer = { as: "new", sku: "ZZZ9000", name: "Bracket" } as const;
      const { runs } = await answerMatches(person, { changeIds: [held.id], answer });
      return runs[0]?.jobId ?? "";
    });
    expect(end).toMatchObject({ aliases: 1, runs: [{ held: 1 }, { status: "success", created: 1, successful: 1 }] });
  });

  test("an import of several batches, with rows repeated, taken back, refused and held", {
    timeout: 240_000,
  }, async () => {
    const end = await expectSameEnd("an import of several batches", async () => {
      await importFiles("shopify_csv", [await csv(pens(0, 1_300))]);
      return requestImport(manyKinds(), true);
    });
    const [, run] = end.read;
    expect(run).toMatchObject({ missing: 50, repeated: 2, heldReason: expect.stringContaining("price") });
    expect(run?.rejected).toBeGreaterThan(20);
    expect(end.changes.filter(({ run: number }) => number === 2).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["new", "changed", "missing"]),
    );
  });

  test("an import that archives what has gone missing", { timeout: 120_000 }, async () => {
    const end = await expectSameEnd("an archiving import", async () => {
      await importFiles("shopify_csv", [await csv(pens(0, 20))]);
      const policies = { missing: "archive", missingRunsUntilReview: 1 };
      await transaction((tx) => tx.feedSource.updateMany({ data: { policies } }));
      return requestImport(pens(1, 20), true);
    });
    expect(end.runs.at(-1)).toMatchObject({ status: "success", successful: 1 });
    expect(await db.product.count({ where: { status: "archived" } })).toBe(1);
  });
});

test("R23 an answer that made a product is taken back with it, and its row is asked anew", async () => {
  const path = join(folder, `items-${++files}.csv`);
  const write = (price: string) =>
    writeFile(path, `ItemNumber,Description,UnitPrice,QuantityOnHand\nZZZ9000,Bracket,${price},7\n`);
  await write("1.10");
  await importFiles("erp", [path]);
  const held = await db.syncChange.findFirstOrThrow({ where: { kind: "unmatched" } });
  const answer = { as: "new", sku: "ZZZ9000", name: "Bracket" } as const;
  const { runs } = await answerMatches(actorOf(await createUser("manager")), { changeIds: [held.id], answer });
  await work(runs[0]?.jobId ?? "", 0);
  expect(await db.product.count()).toBe(1);
  const undo = await requestUndo(SYSTEM, { runId: runs[0]?.runId ?? "" });
  await work(undo.jobId, 0);
  expect([await db.product.count(), await db.codeAlias.count()]).toEqual([0, 0]);
  await write("1.20");
  expect(await importFiles("erp", [path])).toMatchObject({ held: 1, created: 0 });
});
