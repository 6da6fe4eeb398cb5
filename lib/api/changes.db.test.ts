import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as getChanges } from "@/app/api/changes/route";
import { GET as getProduct } from "@/app/api/products/[id]/route";
import { GET as getUndo, POST as postUndo } from "@/app/api/sync-logs/[id]/undo/route";
import { notesWritten } from "@/lib/auth/note-later";
import { requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { approveRun } from "@/lib/sync/mutations";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { apiCaller } from "@/lib/testing/api";
import { actorOf, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { listChangesEndpoint } from "./changes";
import { productAsOfJson } from "./product-as-of";
import { postUndoEndpoint, previewUndoEndpoint } from "./undo";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let staff: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  staff = await apiCaller("staff");
});

async function ask(query: Record<string, string | number> = {}) {
  const { status, json } = await staff(getChanges, { query });
  expect(status, JSON.stringify(json)).toBe(200);
  return listChangesEndpoint.answer.json.parse(json);
}

/** All pages of so many lines, as a script reads them. */
async function readAll(since: string | undefined, limit: number) {
  const lines = [];
  for (let from = since; ; ) {
    const page = await ask({ limit, ...(from ? { since: from } : {}) });
    lines.push(...page.data);
    from = page.next_cursor;
    if (!page.has_more) return { lines, cursor: page.next_cursor };
  }
}

const words = (lines: Awaited<ReturnType<typeof ask>>["data"]) =>
  lines.map((line) => `${line.sku} ${line.how} ${line.run ?? line.who}: ${line.field} ${line.before} → ${line.after}`);

describe("GET /api/changes", () => {
  test("tells feeds' changes, people's edits and undos in order, nothing twice and nothing left out", async () => {
    const first = await importRows({ SPR1: {}, SPR2: {} });
    const { cursor } = await readAll(undefined, 500);
    expect(await readAll(cursor, 500)).toEqual({ lines: [], cursor });
    const since = new Date().toISOString();
    const run = await importRows({ SPR1: { price: "2.10" }, SPR2: { title: "Gel pen 0.7", colour: "Green" } });
    const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
    const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
    await updateProduct(actorOf(mira), { id, changes: { name: { to: "My pen" } }, metafields: [] });
    const undone = await undoRun(run.id);
    const told = [
      `SPR1 feed ${run.number}: price_cents 199 → 210`,
      `SPR2 feed ${run.number}: name Gel pen → Gel pen 0.7`,
      `SPR2 feed ${run.number}: metafield:custom.colour ["Blue"] → ["Green"]`,
      "SPR1 person Mira Rossi: name Gel pen → My pen",
      `SPR2 undo ${undone.number}: name Gel pen 0.7 → Gel pen`,
      `SPR2 undo ${undone.number}: metafield:custom.colour ["Green"] → ["Blue"]`,
      `SPR1 undo ${undone.number}: price_cents 210 → 199`,
    ];
    expect(words((await readAll(since, 500)).lines)).toEqual(told);
    for (const limit of [1, 2, 3]) {
      expect(words((await readAll(cursor, limit)).lines), `pages of ${limit}`).toEqual(told);
    }
    const whole = await readAll(undefined, 7);
    expect(whole.lines.filter((line) => line.run === first.number).length).toBeGreaterThan(10);
    expect(whole.lines).toEqual((await readAll(undefined, 5_000)).lines);
  });

  test("waits for a number that is under way, and passes one that never came", async () => {
    const entry = (id: number, createdAt: Date) => ({
      id,
      createdAt,
      actorName: "Mira",
      action: "product.update",
      entity: "product",
      entityId: "01900000-0000-7000-8000-000000000000",
      before: { name: `${id}` },
      after: { name: "New" },
    });
    const [long, now] = [new Date(Date.now() - 3_600_000), new Date()];
    const { _max } = await db.auditEntry.aggregate({ _max: { id: true } });
    const base = _max.id ?? 0;
    // base + 2 was rolled back an hour ago; base + 5 is written and not yet committed.
    const committed = [entry(base + 1, long), entry(base + 3, long), entry(base + 4, now), entry(base + 6, now)];
    await transaction((tx) => tx.auditEntry.createMany({ data: committed }));
    const page = await readAll(`c${base}.0`, 500);
    expect(page.lines.map((line) => line.before)).toEqual([1, 3, 4].map((n) => `${base + n}`));
    await transaction((tx) => tx.auditEntry.createMany({ data: [entry(base + 5, now)] }));
    expect((await readAll(page.cursor, 500)).lines.map((line) => line.before)).toEqual(
      [5, 6].map((n) => `${base + n}`),
    );
  });

  test("what a person did to many products, and who took it back, stands under that person's name", async () => {
    await importRows({ SPR1: {} });
    const mira = actorOf(await createUser("manager", { firstName: "Mira", lastName: "Rossi" }));
    const since = new Date().toISOString();
    const raise = { kind: "math", field: "priceCents", how: "percent", by: "100" } as const;
    const asked = await requestBulkEdit(mira, { operations: [raise], selection: { query: "", category: null } });
    await workOff(asked.jobId);
    await workOff((await approveRun(mira, { runId: asked.runId })).jobId);
    await workOff((await requestUndo(mira, { runId: asked.runId })).jobId);
    const { lines } = await readAll(since, 500);
    expect(lines.map((line) => [line.how, line.who, line.before, line.after])).toEqual([
      ["person", "Mira Rossi", 199, 398],
      ["undo", "Mira Rossi", 398, 199],
    ]);
  });

  test("names the runs whose changes were dropped", async () => {
    const run = await importRows({ SPR1: {} });
    await transaction(async (tx) => {
      await tx.syncChange.deleteMany({ where: { runId: run.id } });
      await tx.syncHistory.update({ where: { id: run.id }, data: { prunedAt: new Date() } });
    });
    expect(await ask()).toMatchObject({ data: [], pruned_runs: [run.number] });
  });

  test.each(["yesterday", "c1", "c1.2.3", "c99999999999.1", "c1.-1", "2026-13-01"])(
    "refuses the place %s",
    async (since) => {
      expect(await staff(getChanges, { query: { since } })).toMatchObject({ status: 422 });
    },
  );
});

describe("the other addresses of history", () => {
  test("a product as of a time, and 404 from before it was", async () => {
    const before = new Date(Date.now() - 1_000).toISOString();
    await importRows({ SPR1: {} });
    const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
    const at = await db.syncChange.findFirstOrThrow({ where: { entityId: id } });
    await importRows({ SPR1: { price: "2.10" } });
    const call = (as_of: string) => staff(getProduct, { params: { id }, query: { as_of } });
    const then = await call(at.appliedAt?.toISOString() ?? "");
    expect(productAsOfJson.parse(then.json)).toMatchObject({ price: "1.99", changed_since: ["price_cents"] });
    expect(await call(before)).toMatchObject({ status: 404 });
    expect(await call("then")).toMatchObject({ status: 422 });
  });

  test("an undo is previewed and asked for by those who review", async () => {
    const run = await importRows({ SPR1: {} });
    const params = { id: String(run.number) };
    expect(await staff(getUndo, { params })).toMatchObject({ status: 403 });
    const manager = await apiCaller("manager");
    const preview = await manager(getUndo, { params });
    expect(previewUndoEndpoint.answer.json.parse(preview.json)).toMatchObject({ products: { removed: 1 } });
    const asked = await manager(postUndo, { params, body: {} });
    expect(postUndoEndpoint.answer.json.parse(asked.json)).toMatchObject({ number: run.number + 1 });
    expect(await manager(postUndo, { params, body: {} })).toMatchObject({ status: 409 });
  });
});
