import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET as listTypes } from "@/app/api/job-types/route";
import { POST as cancel } from "@/app/api/jobs/[id]/cancel/route";
import { POST as pause } from "@/app/api/jobs/[id]/pause/route";
import { POST as resume } from "@/app/api/jobs/[id]/resume/route";
import { POST as retry } from "@/app/api/jobs/[id]/retry/route";
import { GET as listJobs, POST as postJob } from "@/app/api/jobs/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { jobDefinitions } from "@/lib/jobs/registry";
import { apiCaller } from "@/lib/testing/api";
import { createJob } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { listJobsEndpoint, postJobEndpoint } from "./job-requests";
import { listJobTypesEndpoint } from "./job-types";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let staff: Awaited<ReturnType<typeof apiCaller>>;
let manager: Awaited<ReturnType<typeof apiCaller>>;

beforeEach(async () => {
  await resetDatabase();
  [staff, manager] = [await apiCaller("staff"), await apiCaller("manager")];
});
afterEach(notesWritten);

test("the kinds of jobs are listed with a schema of their parameters and whether one may start them", async () => {
  const { status, json } = await staff(listTypes);
  expect(status).toBe(200);
  const { data } = listJobTypesEndpoint.answer.json.parse(json);
  expect(data.map(({ name }) => name)).toEqual(jobDefinitions().map(({ name }) => name));
  const of = (name: string) => data.find((type) => type.name === name);
  expect(of("export.products")).toMatchObject({ may_start: true, permission: "catalog:read" });
  expect(of("feed.import")).toMatchObject({
    may_start: false,
    typical_seconds: null,
    parameters: {
      required: ["source"],
      additionalProperties: false,
      properties: { dry_run: { type: "boolean", default: false }, source: { type: "string", choose: "source" } },
    },
  });
});

test("a job is started by its kind's name, answers with where it stands, and refuses in sentences", async () => {
  const body = { type: "images.fetch", parameters: { which: "sideways" } };
  expect(await manager(postJob, { body })).toMatchObject({
    status: 422,
    json: { error: { message: "Pictures: Choose one of missing, broken, category, product.", fields: {} } },
  });
  expect(await staff(postJob, { body })).toMatchObject({ status: 403 });
  expect(await manager(postJob, { body: { type: "no.such" } })).toMatchObject({ status: 404 });
  expect(await manager(postJob, { body: { kind: "images.fetch" } })).toMatchObject({ status: 422 });
  const asked = await manager(postJob, { body: { type: "duplicates.find" } });
  expect(asked.status).toBe(201);
  const job = postJobEndpoint.answer.json.parse(asked.json);
  expect(job).toMatchObject({ job_type: "duplicates.find", status: "pending", result: null });
  const parameters = { format: "csv" };
  const first = await staff(postJob, { body: { type: "export.products", parameters } });
  const { id } = postJobEndpoint.answer.json.parse(first.json);
  await staff(postJob, { body: { type: "export.products", parameters, cloned_from_id: id } });
  expect(await db.job.count({ where: { clonedFromId: id } })).toBe(1);
});

test("the list is walked by cursors without loss, and narrowed by state and kind", async () => {
  const made: string[] = [];
  for (let n = 0; n < 5; n++) made.unshift((await createJob({ status: n % 2 ? "failed" : "completed" })).id);
  await createJob({ jobType: "other", status: "paused" });
  const read = async (query: Record<string, string | number>) => {
    const { status, json } = await staff(listJobs, { query });
    expect(status).toBe(200);
    return listJobsEndpoint.answer.json.parse(json);
  };
  const walked: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof read>> = await read({ type: "test", per_page: 2, ...(cursor && { cursor }) });
    expect(page.total).toBe(5);
    walked.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  expect(walked).toEqual(made);
  expect((await read({ status: "failed" })).data).toHaveLength(2);
  expect((await read({ status: "paused" })).data).toMatchObject([{ job_type: "other" }]);
  expect((await staff(listJobs, { query: { status: "odd" } })).status).toBe(422);
});

test("jobs are paused, resumed, cancelled and run again by those who may, and a wrong state is told", async () => {
  const { id } = await createJob();
  const params = { id };
  for (const handler of [pause, resume, cancel, retry]) expect((await staff(handler, { params })).status).toBe(403);
  expect(await manager(pause, { params })).toMatchObject({ status: 200, json: { id, status: "paused" } });
  expect(await manager(pause, { params })).toMatchObject({ status: 409 });
  expect(await manager(resume, { params })).toMatchObject({ json: { status: "pending" } });
  const both = await Promise.all([manager(cancel, { params }), manager(cancel, { params })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(await manager(retry, { params })).toMatchObject({ status: 409 });
  const failed = await createJob({ jobType: "quality.refresh", status: "failed", error: "The disk is full." });
  expect(await manager(retry, { params: { id: failed.id } })).toMatchObject({
    json: { status: "pending", error: null },
  });
  expect((await manager(cancel, { params: { id: "019a0000-0000-7000-8000-000000000000" } })).status).toBe(404);
});
