import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { jobDefinition } from "@/lib/jobs/registry";
import { approveRun } from "@/lib/sync/mutations";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, createProduct } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { backupHash } from "./backup-file";
import { backupOf } from "./check-backup";
import { RECORD_TABLES, TIME_COLUMNS } from "./product-record";
import { requestPurge } from "./request-purge";

beforeEach(() => resetDatabase());

const admin = actor("admin");
const LONG_AGO = new Date("2025-01-01T00:00:00Z");
const ARCHIVED = { query: "status=archived", category: null };

/** Works a job that dies before its first, second, third … transaction, then once to its end. @returns how often it died */
async function dieEverywhere(jobId: string): Promise<number> {
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const definition = jobDefinition(job.jobType);
  if (!definition) throw new Error(job.jobType);
  const payload = definition.payload.parse(job.parameters);
  for (let step = 1; ; step++) {
    try {
      await killedBefore(step, () => definition.handle(payload, quietContext({ jobId })));
      return step - 1;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

test("R3 a deletion killed before each of its transactions, in its plan, its work and its restore, ends as one that was not", async () => {
  await importRows({ SPR1: { image: "https://example.com/1.jpg" }, SPR2: {}, SPR3: {} });
  await transaction((tx) =>
    tx.product.updateMany({ where: { sku: { not: "SPR3" } }, data: { status: "archived", archivedAt: LONG_AGO } }),
  );
  const before = await catalogueHashes();
  const asked = await requestPurge(admin, { selection: ARCHIVED });
  expect(await dieEverywhere(asked.jobId)).toBeGreaterThan(4);
  const run = await getEndedRun(asked.runId);
  expect(run).toMatchObject({ status: "review", deleted: 2 });
  expect(await db.syncChange.count({ where: { runId: run.id } })).toBe(2);
  const backup = await backupOf(db, run.id);
  expect(await backupHash(backup.file)).toBe(backup.sha256);
  expect(await catalogueHashes()).toEqual(before);
  const approved = await approveRun(SYSTEM, { runId: run.id });
  expect(await dieEverywhere(approved.jobId)).toBeGreaterThan(2);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "success", successful: 2 });
  expect(await db.product.count()).toBe(1);
  const undo = await requestUndo(admin, { runId: run.id });
  expect(await dieEverywhere(undo.jobId)).toBeGreaterThan(2);
  expect(await getEndedRun(undo.runId)).toMatchObject({ status: "success", updated: 2 });
  expect(await catalogueHashes()).toEqual(before);
});

test("A23 many products, more than one batch, go and come back equal", async () => {
  const now = new Date();
  await createProduct({ sku: "STAYS" });
  await transaction(async (tx) => {
    const rows = Array.from({ length: 1_300 }, (_, n) => ({
      ...{ sku: `OLD-${n}`, name: `Old ${n}`, nameKey: `old ${n}`, status: "archived" as const },
      ...{ archivedAt: LONG_AGO, createdAt: now, handle: `old-${n}` },
    }));
    await tx.product.createMany({ data: rows });
  });
  const before = await catalogueHashes();
  const { runId, jobId } = await requestPurge(admin, { selection: ARCHIVED });
  await workOff(jobId);
  const run = await getEndedRun(runId);
  expect(run.heldReason).toContain("Deletes 1,300 products for good: 99.9 % of the catalogue.");
  const asked = await approveRun(admin, { runId, seenReason: run.heldReason, confirmation: "DELETE 1,300" });
  await workOff(asked.jobId);
  expect(await db.product.count()).toBe(1);
  await expect(requestUndo(admin, { runId })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await undoRun(runId)).toMatchObject({ status: "success", updated: 1_300 });
  expect(await catalogueHashes()).toMatchObject({ products: before.products });
});

test("every table that goes with a product is in its backup or made anew, and every time in it is known as one", () => {
  const MADE_ANEW = ["ProductSearch", "ProductQuality"];
  const schema = ["catalogue", "metafields", "sync"]
    .map((name) => readFileSync(`prisma/schema/${name}.prisma`, "utf8"))
    .join("\n");
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => ({
    name,
    body,
  }));
  const going = models.filter(({ body }) => /^\s+\w+\s+Product\??\s.*onDelete: Cascade/m.test(body));
  const kept = Object.values(RECORD_TABLES) as string[];
  expect(going.map(({ name }) => name).sort()).toEqual([...kept, ...MADE_ANEW].sort());
  const times = models
    .filter(({ name }) => name === "Product" || kept.includes(name))
    .flatMap(({ body }) => [...body.matchAll(/^\s+(\w+)\s+DateTime/gm)].map(([, column = ""]) => column));
  expect(new Set(times)).toEqual(TIME_COLUMNS);
});
