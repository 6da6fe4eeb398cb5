import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as postToken } from "@/app/api/auth/token/route";
import { GET as getCategory } from "@/app/api/categories/[id]/route";
import { GET as listCategories } from "@/app/api/categories/route";
import { GET as getHealth } from "@/app/api/health/route";
import { GET as getJob } from "@/app/api/jobs/[id]/route";
import { GET as getDocument } from "@/app/api/openapi.json/route";
import { GET as listChanges } from "@/app/api/sync-logs/[id]/changes/route";
import { GET as getSyncLog } from "@/app/api/sync-logs/[id]/route";
import { GET as listSyncLogs } from "@/app/api/sync-logs/route";
import { notesWritten } from "@/lib/auth/note-later";
import { hashPassword } from "@/lib/auth/passwords";
import { transaction } from "@/lib/db/client";
import { addLines, newLine } from "@/lib/jobs/job-lines";
import { announceChanges, apiCaller, callRoute } from "@/lib/testing/api";
import { createCategory, createChange, createJob, createProduct, createRun, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getCategoryEndpoint, listCategoriesEndpoint } from "./categories";
import { failureJson } from "./failure-json";
import { getJobEndpoint } from "./jobs";
import { listSyncChangesEndpoint } from "./sync-changes";
import { getSyncLogEndpoint, listSyncLogsEndpoint } from "./sync-logs";
import { getHealthEndpoint, postTokenEndpoint } from "./system";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

const NOBODY = "00000000-0000-7000-8000-000000000000";
let staff: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  staff = await apiCaller("staff");
});

interface List<Row> {
  data: Row[];
  total: number;
  next_cursor: string | null;
}

/** A list read page by page and by cursors must be the same whole set; gives its rows. */
async function readWhole<Row>(
  handler: typeof listChanges,
  schema: { parse(json: unknown): List<Row> },
  call: Parameters<typeof staff>[1],
) {
  const ask = async (query: Record<string, string | number>) => {
    const extra = typeof call?.query === "object" ? call.query : {};
    const { status, json } = await staff(handler, { ...call, query: { ...extra, ...query } });
    expect(status, JSON.stringify(json)).toBe(200);
    return schema.parse(json);
  };
  const whole = await ask({ per_page: 200 });
  expect(whole).toMatchObject({ total: whole.data.length, next_cursor: null });
  for (const perPage of [1, 3]) {
    const paged: unknown[] = [];
    const followed: unknown[] = [];
    let cursor: string | null = null;
    for (let page = 1; page <= Math.ceil(whole.total / perPage); page++) {
      paged.push(...(await ask({ per_page: perPage, page })).data);
      const next: List<Row> = await ask({ per_page: perPage, ...(cursor ? { cursor } : {}) });
      expect(next).toMatchObject({ page, per_page: perPage, total: whole.total });
      followed.push(...next.data);
      cursor = next.next_cursor;
    }
    expect(cursor).toBeNull();
    expect(paged).toEqual(whole.data);
    expect(followed).toEqual(whole.data);
  }
  return whole.data;
}

describe("categories", () => {
  async function tree() {
    const paper = await createCategory({ name: "Paper", sortOrder: 2 });
    const notebooks = await createCategory({ name: "Notebooks" }, paper);
    const ruled = await createCategory({ name: "Ruled" }, notebooks);
    const desks = await createCategory({ name: "Desks", sortOrder: 1 });
    await createProduct({ categoryId: ruled.id });
    await createProduct({ categoryId: paper.id });
    await createProduct({ categoryId: paper.id, status: "archived" });
    await announceChanges();
    return { paper, notebooks, ruled, desks };
  }

  test("come nested with their counts, from any root and as deep as asked", async () => {
    const { paper, notebooks, desks } = await tree();
    const nested = async (query: Record<string, string>) => {
      const { json } = await staff(listCategories, { query: { tree: "true", ...query } });
      return listCategoriesEndpoint.answer.json.parse(json).data;
    };
    const whole = await nested({});
    expect(whole).toEqual([
      expect.objectContaining({ id: desks.id, product_count: 0, children: [] }),
      {
        id: paper.id,
        name: "Paper",
        slug: "paper",
        path: "paper",
        level: 0,
        sort_order: 2,
        product_count: 2,
        children_count: 1,
        children: [
          expect.objectContaining({ path: "paper/notebooks", product_count: 1, children: [expect.anything()] }),
        ],
      },
    ]);
    expect(await nested({ root: "paper/notebooks" })).toMatchObject([
      { id: notebooks.id, children: [{ children: [] }] },
    ]);
    expect(await nested({ root: paper.id, depth: "2" })).toMatchObject([
      { children: [{ id: notebooks.id, children: [], children_count: 1 }] },
    ]);
    expect((await staff(listCategories, { query: { tree: "true", root: "none" } })).status).toBe(404);
    for (const query of ["tree=yes", "depth=0", "depth=x", "root=%00"]) {
      expect((await staff(listCategories, { query })).status, query).toBe(422);
    }
  });

  test("come as a list in the order of the tree, and one by one", async () => {
    const { ruled } = await tree();
    const rows = await readWhole<{ path: string }>(listCategories, listCategoriesEndpoint.answer.json, {});
    expect(rows.map(({ path }) => path)).toEqual(["desks", "paper", "paper/notebooks", "paper/notebooks/ruled"]);
    for (const id of [ruled.id, "paper/notebooks/ruled"]) {
      const { json } = await staff(getCategory, { params: { id } });
      expect(getCategoryEndpoint.answer.json.strict().parse(json)).toMatchObject({
        id: ruled.id,
        product_count: 1,
        own_product_count: 1,
        breadcrumbs: [{ name: "Paper" }, { name: "Notebooks" }],
      });
    }
    for (const id of [NOBODY, "none", "\0"]) {
      const { status, json } = await staff(getCategory, { params: { id } });
      expect({ status, code: failureJson.parse(json).error.code }).toEqual({ status: 404, code: "not_found" });
    }
  });
});

describe("sync history", () => {
  test("is listed newest first, narrowed by status and days", async () => {
    const person = await createUser("manager");
    const old = new Date(Date.now() - 10 * 86_400_000);
    for (let n = 1; n <= 7; n++) {
      const status = n % 2 === 0 ? "success" : "failed";
      await createRun({ number: n, status, userId: person.id, createdAt: n < 3 ? old : new Date() });
    }
    const schema = listSyncLogsEndpoint.answer.json;
    const numbers = async (query: Record<string, string>) =>
      (await readWhole(listSyncLogs, schema, { query })).map(({ number }) => number);
    expect(await numbers({})).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await numbers({ status: "success" })).toEqual([6, 4, 2]);
    expect(await numbers({ days: "7" })).toEqual([7, 6, 5, 4, 3]);
    for (const query of [
      "status=done",
      "days=0",
      "days=week",
      "per_page=500",
      "cursor=newest.x",
      "cursor=name.WzEsIiIsMF0",
    ]) {
      expect((await staff(listSyncLogs, { query })).status, query).toBe(422);
    }
  });

  test("tells one run by its id and by its number", async () => {
    const run = await createRun({
      number: 12,
      status: "partial",
      messages: ["Read two files."],
      errors: [{ message: "One row.", at: "2026-01-01T00:00:00.000Z" }],
      stages: [{ stage: "read", startedAt: "2026-01-01T00:00:00.000Z", finishedAt: null, rows: 3 }],
      startedAt: new Date(),
    });
    await createChange(run.id);
    for (const id of [run.id, "12"]) {
      const { json } = await staff(getSyncLog, { params: { id } });
      expect(getSyncLogEndpoint.answer.json.strict().parse(json)).toMatchObject({
        id: run.id,
        number: 12,
        messages: [{ at: null, text: "Read two files." }],
        stages: [{ stage: "read", finished_at: null, rows: 3 }],
        changes_by_kind: { changed: 1 },
      });
    }
    for (const id of [NOBODY, "13", "0", "-1", "99999999999", "x", "\0"]) {
      expect((await staff(getSyncLog, { params: { id } })).status, id).toBe(404);
      expect((await staff(listChanges, { params: { id } })).status, id).toBe(404);
    }
  });

  test("tells every change with every field before and after", async () => {
    const run = await createRun({ number: 12 });
    const update = Array.from({ length: 9 }, (_, n) => ({
      field: `metafield:etilize.a_${n}`,
      before: null,
      after: "x".repeat(999),
    }));
    await createChange(run.id, {
      fields: { update: [{ field: "priceCents", before: 100, after: 250, line: 7, kept: true }, ...update] },
      label: "PEN-1",
    });
    for (let n = 0; n < 6; n++) await createChange(run.id, { state: n % 2 === 0 ? "applied" : "staged", kind: "new" });
    const schema = listSyncChangesEndpoint.answer.json;
    const [first, ...others] = await readWhole(listChanges, schema, { params: { id: "12" } });
    expect(others).toHaveLength(6);
    expect(first?.fields).toHaveLength(10);
    expect(first).toMatchObject({
      label: "PEN-1",
      fields: [
        { field: "price_cents", before: 100, after: 250, line: 7, kept: true },
        { field: "metafield:etilize.a_0", after: "x".repeat(999) },
        ...Array.from({ length: 8 }, () => ({})),
      ],
    });
    const applied = await readWhole(listChanges, schema, {
      params: { id: run.id },
      query: { state: "applied", kind: "new" },
    });
    expect(applied).toHaveLength(3);
    expect(await readWhole(listChanges, schema, { params: { id: run.id }, query: { q: "pen" } })).toHaveLength(1);
    expect((await staff(listChanges, { params: { id: run.id }, query: "state=gone" })).status).toBe(422);
  });
});

test("a job tells how far it is; one that is none is not found", async () => {
  const run = await createRun({ number: 3 });
  const progress = {
    stage: "Reading",
    done: 5,
    total: 10,
    unit: "rows",
    ratePerSecond: 1,
    startedAt: new Date().toISOString(),
  };
  const job = await createJob({
    status: "running",
    heartbeatAt: new Date(),
    stageProgress: progress,
    parameters: { runId: run.id },
  });
  await transaction((tx) => addLines(tx, job.id, [newLine("one"), newLine("two")]));
  const { json } = await staff(getJob, { params: { id: job.id } });
  expect(getJobEndpoint.answer.json.strict().parse(json)).toMatchObject({
    status: "running",
    current_stage: "Reading",
    stage: { done: 5, total: 10, percent: 50, seconds_left: 5 },
    run_number: 3,
    log: [expect.stringMatching(/Z one$/), expect.stringMatching(/Z two$/)],
    started_by: "system",
  });
  for (const id of [NOBODY, "1", "\0"]) expect((await staff(getJob, { params: { id } })).status).toBe(404);
});

test("anybody may ask how the system is, and asks the database seldom", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => callRoute(getHealth)));
  for (const { status, text } of answers) {
    expect(status).toBe(200);
    expect(getHealthEndpoint.answer.json.strict().parse(JSON.parse(text))).toMatchObject({
      status: "degraded",
      database: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  }
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test("the document is for those who may use it", async () => {
  expect(await staff(getDocument)).toMatchObject({ status: 200, json: { openapi: "3.1.0" } });
  const { status } = await callRoute(getDocument, { headers: { authorization: "Bearer stk_guess" } });
  expect(status).toBe(401);
});

test("a name and a password give a token that opens the rest", async () => {
  await createUser("staff", {
    email: "mira@example.com",
    username: "mira",
    passwordHash: await hashPassword("correct horse"),
  });
  for (const name of [{ email: "mira@example.com" }, { username: "mira" }]) {
    const { status, text } = await callRoute(postToken, { body: { ...name, password: "correct horse" } });
    expect(status).toBe(200);
    const { access_token } = postTokenEndpoint.answer.json.strict().parse(JSON.parse(text));
    const opened = await callRoute(listSyncLogs, { headers: { authorization: `Bearer ${access_token}` } });
    expect(opened.status).toBe(200);
  }
  const wrong = await callRoute(postToken, { body: { email: "mira@example.com", password: "wrong" } });
  expect({ status: wrong.status, code: failureJson.parse(JSON.parse(wrong.text)).error.code }).toEqual({
    status: 401,
    code: "unauthenticated",
  });
});
