import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as getEvents } from "@/app/api/jobs/[id]/events/route";
import { GET as getLines } from "@/app/api/jobs/[id]/lines/route";
import { GET as getLog } from "@/app/api/jobs/[id]/log/route";
import { SYSTEM } from "@/lib/auth/actor";
import { notesWritten } from "@/lib/auth/note-later";
import { createApiToken } from "@/lib/auth/tokens";
import { db, transaction } from "@/lib/db/client";
import { apiCaller, callRoute } from "@/lib/testing/api";
import { createJob, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { claimJob } from "./claim";
import type { JobContext } from "./define-job";
import { addLines, MOST_LINES, newLine } from "./job-lines";
import { registerTestJob } from "./registry";
import { runJob } from "./run-job";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let servers: Server[] = [];

beforeEach(() => resetDatabase());
afterEach(async () => {
  await notesWritten();
  await Promise.all(servers.map(end));
  servers = [];
});

/** A web server with the stream's own route behind it. */
async function serve(jobId: string, port = 0) {
  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort());
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = new Request(`http://localhost${incoming.url}`, { headers, signal: gone.signal });
    const response = await getEvents(request, { params: Promise.resolve({ id: jobId }) });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    // Node's stream of the same bytes.
    if (response.body) Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]).pipe(outgoing);
    else outgoing.end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { server, port: (server.address() as AddressInfo).port };
}

async function end(server: Server) {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

async function token() {
  const user = await createUser("staff");
  return (await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope: "read" })).token;
}

interface Heard {
  texts: string[];
  events: string[];
  lastId: string;
}

/** Listens as a browser does: keeps the last id, and asks again with it when it is cut off, until the end is told. */
async function listen(port: number, bearer: string, heard: Heard, query = "") {
  while (!heard.events.includes("end")) {
    try {
      const headers = { authorization: `Bearer ${bearer}`, ...(heard.lastId ? { "last-event-id": heard.lastId } : {}) };
      const response = await fetch(`http://127.0.0.1:${port}/${query}`, { headers });
      let text = "";
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) take(block, heard);
      }
    } catch {
      // Cut off, or the server is away for a moment: asked again.
    }
    await sleep(20);
  }
}

function take(block: string, heard: Heard) {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  const id = fields.get("id");
  if (id !== undefined) heard.lastId = id;
  const name = fields.get("event");
  if (!name) return;
  heard.events.push(name);
  if (name !== "lines") return;
  const lines: { text: string }[] = JSON.parse(fields.get("data") ?? "[]");
  heard.texts.push(...lines.map((line) => line.text));
}

async function runAs(work: (context: JobContext) => Promise<void>) {
  registerTestJob({
    handle: async (_, context) => {
      await work(context);
      return {};
    },
  });
  const { id } = await createJob();
  const job = await claimJob("w1", { only: id });
  if (!job) throw new Error("Nothing to claim.");
  return { id, done: runJob(job, new AbortController().signal) };
}

const until = { timeout: 30_000, interval: 20 };

describe("a job's log", () => {
  test("a listener cut off by a restarted server goes on behind the last line it heard: none is lost, none comes twice", async () => {
    const bearer = await token();
    let go: () => void = () => undefined;
    const mayGo = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { id, done } = await runAs(async (context) => {
      for (let n = 0; n < 30; n++) context.log(`before ${n}`);
      await context.report({ stage: "Working", done: 1, total: 2, unit: "steps" });
      await mayGo;
      for (let n = 0; n < 700; n++) context.log(`after ${n}`);
      await context.report({ stage: "Ending", done: 2, total: 2, unit: "steps" });
      context.log("last words");
    });
    await expect.poll(() => db.jobLine.count({ where: { jobId: id } }), until).toBe(30);
    const heard: Heard = { texts: [], events: [], lastId: "" };
    const { server, port } = await serve(id);
    const listening = listen(port, bearer, heard, "?after=0");
    await expect.poll(() => heard.texts.length, until).toBe(30);
    await end(server);
    go();
    await done;
    await serve(id, port);
    await listening;
    const said = [
      ...Array.from({ length: 30 }, (_, n) => `before ${n}`),
      ...Array.from({ length: 700 }, (_, n) => `after ${n}`),
      "last words",
    ];
    expect(heard.texts).toEqual(said);
    expect(heard.events.at(-1)).toBe("end");
    expect(heard.events.filter((name) => name === "progress").length).toBeGreaterThan(1);
  });

  test("a stream asked for without a place tells only what comes, and ends at once for a job that has ended", async () => {
    const job = await createJob({ status: "completed" });
    await transaction((tx) => addLines(tx, job.id, [newLine("old")]));
    const { port } = await serve(job.id);
    const heard: Heard = { texts: [], events: [], lastId: "" };
    await listen(port, await token(), heard);
    expect(heard).toMatchObject({ texts: [], events: ["progress", "end"] });
    const last = await db.jobLine.findFirstOrThrow();
    expect(heard.lastId).toBe(String(last.id));
  });

  test("keeps 20,000 lines and says where it ends; what comes after does not stop the work", async () => {
    const { id, done } = await runAs(async (context) => {
      for (let n = 0; n < MOST_LINES - 5; n++) context.log(`line ${n}`);
      await context.report({ stage: "Working", done: 1, total: 2, unit: "steps" });
      for (let n = 0; n < 50; n++) context.log(`beyond ${n}`);
      await context.report({ stage: "Going on", done: 1, total: 2, unit: "steps" });
      context.log("too late");
    });
    await done;
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "completed" });
    expect(await db.jobLine.count({ where: { jobId: id } })).toBe(MOST_LINES);
    expect(await db.jobLine.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
      level: "warning",
      text: expect.stringContaining("The log ends here: a job keeps 20,000 lines."),
    });
  });

  test("is narrowed to what is worse, searched and paged from both ends, and downloaded whole", async () => {
    const staff = await apiCaller("staff", "read");
    const job = await createJob({ status: "completed" });
    const lines = Array.from({ length: 1_200 }, (_, n) =>
      newLine(`line ${n}\nwith a break`, n % 100 === 7 ? "error" : n % 100 === 8 ? "warning" : "info"),
    );
    await transaction((tx) => addLines(tx, job.id, lines));
    const ask = async (query: Record<string, string | number>) => {
      const { json } = await staff(getLines, { params: { id: job.id }, query });
      return json as { data: { id: number; text: string; level: string }[]; has_more: boolean };
    };
    const tail = await ask({ per_page: 500 });
    expect(tail).toMatchObject({ has_more: true });
    expect(tail.data.map(({ text }) => text).at(-1)).toBe("line 1199 · with a break");
    const before = await ask({ per_page: 500, before: tail.data[0]?.id ?? 0 });
    const first = await ask({ per_page: 500, before: before.data[0]?.id ?? 0 });
    expect(first.has_more).toBe(false);
    expect([...first.data, ...before.data, ...tail.data].map(({ text }) => text)).toEqual(
      lines.map(({ text }) => text),
    );
    expect((await ask({ level: "warning", per_page: 500 })).data).toHaveLength(24);
    expect((await ask({ level: "error", q: "LINE 107" })).data.map(({ text }) => text)).toEqual([
      "line 107 · with a break",
    ]);
    const { status } = await staff(getLines, { params: { id: job.id }, query: { before: 1, after: 1 } });
    expect(status).toBe(422);
    const bearer = await token();
    const file = await callRoute(getLog, { params: { id: job.id }, headers: { authorization: `Bearer ${bearer}` } });
    expect(file.headers.get("content-disposition")).toContain(`job-${job.id}.log`);
    expect(file.text.trimEnd().split("\n")).toHaveLength(1_200);
    expect(file.text).toMatch(/^\d{4}-.*Z info {4}line 0 · with a break\n/);
    for (const route of [getLines, getLog, getEvents]) {
      expect(
        (await callRoute(route, { params: { id: job.id }, headers: { authorization: "Bearer stk_guess" } })).status,
      ).toBe(401);
    }
  });

  test("a job's stages are rows of its timeline, and one that names a thousand files has no thousand", async () => {
    const { id, done } = await runAs(async (context) => {
      await context.report({ stage: "Reading", done: 0, total: 10, unit: "rows" });
      await context.report({ stage: "Reading", done: 7, total: 10, unit: "rows" });
      await context.report({ stage: "Applying", done: 3_000_000_000, total: null, unit: "bytes" });
      for (let n = 0; n < 300; n++) await context.report({ stage: `File ${n}`, done: n, total: 300, unit: "files" });
    });
    await done;
    const stages = await db.jobStage.findMany({ where: { jobId: id }, orderBy: { ordinal: "asc" } });
    expect(stages).toHaveLength(200);
    expect(stages[0]).toMatchObject({ name: "Reading", done: 7, total: 10, unit: "rows", endedAt: expect.any(Date) });
    expect(stages[1]).toMatchObject({ name: "Applying", done: 2_147_483_647, total: null });
    expect(stages[199]?.name).toBe("Later stages");
    expect(stages.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });
});
