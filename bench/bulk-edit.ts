// npm run bench -- bulk-edit [--products 10000]: a bulk edit of all products of a catalogue, planned, applied and undone by
// the worker's own jobs, beside one bare UPDATE of the same rows.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";
import { insertRows } from "@/lib/db/bulk";
import { db, disconnect, transaction } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { runWorker } from "@/lib/jobs/worker";
import { approveRun } from "@/lib/sync/mutations";
import { newId } from "@/lib/sync/new-id";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { chooseDataFolder } from "./application";
import { numberOption, printResult } from "./report";

/** Of each product: what a bulk edit of its price reads past. */
const METAFIELDS = 20;
const BATCH = 1_000;

const products = numberOption("products", 10_000);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  chooseDataFolder(folder);
  await migrate(env().databaseUrl);
  await grow();
  const bareMs = bareUpdate();
  const asked = await requestBulkEdit(SYSTEM, {
    operations: [{ kind: "math", field: "priceCents", how: "percent", by: "10", ending: ".99" }],
    selection: { query: "", category: null },
  });
  const planMs = await work(asked.jobId);
  const { jobId } = await approveRun(SYSTEM, { runId: asked.runId });
  const applyMs = await work(jobId);
  const undo = await requestUndo(SYSTEM, { runId: asked.runId });
  const undoMs = await work(undo.jobId);
  const { updated, successful } = await db.syncHistory.findUniqueOrThrow({ where: { id: asked.runId } });
  const back = await db.syncHistory.findUniqueOrThrow({ where: { id: undo.runId } });
  if (successful !== updated || back.successful !== updated) {
    throw new Error(`Of ${updated} planned, ${successful} were applied and ${back.successful} undone.`);
  }
  const rows = [
    rateOf("plan", planMs),
    rateOf("apply", applyMs),
    rateOf("plan and apply", planMs + applyMs),
    rateOf("undo", undoMs),
    rateOf("bare UPDATE", bareMs),
  ];
  printResult(rows, { bench: "bulk-edit", products, changed: updated, metafieldsEach: METAFIELDS, rows });
} finally {
  await disconnect();
  rmSync(folder, { recursive: true, force: true });
}

async function grow() {
  for (let at = 0; at < products; at += BATCH) {
    const now = new Date();
    const rows = Array.from({ length: Math.min(BATCH, products - at) }, (_, n) => {
      const sku = `B${String(at + n).padStart(7, "0")}`;
      const name = `Gel pen ${at + n}`;
      return {
        id: newId(),
        sku,
        name,
        nameKey: name.toLowerCase(),
        priceCents: 100 + at + n,
        createdAt: now,
        updatedAt: now,
      };
    });
    const metafields = rows.flatMap(({ id }) =>
      Array.from({ length: METAFIELDS }, (_, n) => ({
        ...{ productId: id, namespace: "bench", key: `field_${n}`, value: `Value ${n}` },
        ...{ type: "single_line_text_field", createdAt: now, updatedAt: now },
      })),
    );
    await transaction(async (tx) => {
      await insertRows(tx, "Product", rows);
      await insertRows(tx, "ProductMetafield", metafields);
    });
  }
}

/** The floor: the same rows written by one statement, and taken back. */
function bareUpdate() {
  const database = new Database(join(folder, "stockroom.db"));
  database.pragma("busy_timeout = 5000");
  const began = performance.now();
  database.exec(`BEGIN; UPDATE "Product" SET "priceCents" = "priceCents" * 110 / 100; ROLLBACK`);
  const spent = performance.now() - began;
  database.close();
  return spent;
}

async function work(jobId: string) {
  const began = performance.now();
  await runWorker({ signal: new AbortController().signal, only: jobId });
  return performance.now() - began;
}

function rateOf(what: string, ms: number) {
  return { what, ms: Math.round(ms), "products/s": Math.round((products / ms) * 1_000) };
}
