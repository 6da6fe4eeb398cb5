import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { createJob } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { actOnJob, readStart, showJob, showJobs, showJobTypes, startJobHere } from "./jobs";

beforeEach(resetDatabase);

/** The command as a shell runs it, whose keyboard stays silent. */
async function stockroom(...args: string[]) {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", main, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: process.env,
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, problem, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out, problem, code };
}

test("A26: a job that is waited for ends without anybody at the keyboard, with one document on stdout", async () => {
  const { out, code } = await stockroom("job", "start", "quality.refresh", "--wait", "--json");
  expect(JSON.parse(out)).toMatchObject({ job_type: "quality.refresh", status: "completed", result: { products: 0 } });
  expect(code).toBe(0);
});

test("a wrong flag or value is a sentence on stderr, and the exit code says so", async () => {
  const [value, flag, kind] = await Promise.all([
    stockroom("job", "start", "export.products", "--format", "pdf", "--json"),
    stockroom("job", "start", "export.products", "--colour", "red"),
    stockroom("job", "start", "world.peace"),
  ]);
  expect(value).toMatchObject({ code: 1, problem: "Format: Choose one of csv, xlsx.\n" });
  expect(JSON.parse(value.out)).toEqual({
    error: { code: "invalid_input", message: "Format: Choose one of csv, xlsx." },
  });
  expect(flag).toMatchObject({ code: 1, out: "", problem: expect.stringContaining("unknown option '--colour'") });
  expect(kind).toMatchObject({ code: 1, problem: expect.stringContaining('There is no kind of job "world.peace"') });
  expect(await db.job.count()).toBe(0);
});

test("without --wait a job stays on the queue for a worker", async () => {
  const { ok, value } = await startJobHere("duplicates.find", readStart("duplicates.find", []));
  expect(ok).toBe(true);
  expect(value).toMatchObject({ job_type: "duplicates.find", status: "pending" });
  expect(await db.job.findMany({ select: { status: true } })).toEqual([{ status: "pending" }]);
});

test("jobs are listed, shown and steered by their ids; what there is none of is told", async () => {
  const { id } = await createJob({ displayName: "Fetch Acme", result: { files: 3 } });
  await createJob({ displayName: "Old", status: "failed" });
  expect((await showJobs({ limit: 20 })).text).toMatch(/Old\n.*Fetch Acme/);
  expect((await showJobs({ limit: 20, status: "pending" })).value).toMatchObject([{ id, display_name: "Fetch Acme" }]);
  await expect(showJobs({ limit: 20, status: "odd" })).rejects.toThrow('There is no state "odd".');
  expect((await showJob(id)).text).toContain("files: 3");
  expect(await actOnJob("pause", id)).toMatchObject({ ok: true, value: { status: "paused" } });
  expect(await actOnJob("resume", id)).toMatchObject({ value: { status: "pending" } });
  expect(await actOnJob("cancel", id)).toMatchObject({ value: { status: "cancelled" } });
  await expect(actOnJob("cancel", id)).rejects.toMatchObject({ code: "conflict" });
  await expect(showJob("12")).rejects.toThrow("There is no job 12.");
});

test("the kinds are told with every flag of theirs", async () => {
  const { value, text: told } = await showJobTypes();
  expect(told).toContain("feed.import");
  const types = value as { name: string; flags: { flag: string; required: boolean }[] }[]; // as `job types --json` documents it
  expect(types.find(({ name }) => name === "feed.import")?.flags).toMatchObject([
    { flag: "--source", required: true },
    { flag: "--uploads" },
    { flag: "--path" },
    { flag: "--dry-run" },
    { flag: "--yes" },
  ]);
});
