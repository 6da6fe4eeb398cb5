import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as getJob } from "@/app/api/jobs/[id]/route";
import { POST as postJob } from "@/app/api/jobs/route";
import { notesWritten } from "@/lib/auth/note-later";
import { writeJobFlags } from "@/lib/cli/job-flags";
import { readStart, startJobHere } from "@/lib/cli/jobs";
import { db, engine } from "@/lib/db/client";
import { env } from "@/lib/env";
import { replaceNetwork } from "@/lib/images/fetch-picture";
import { INTERNET } from "@/lib/images/network";
import { apiCaller } from "@/lib/testing/api";
import { actorOf, createUser } from "@/lib/testing/factories";
import { JOB_FIXTURES } from "@/lib/testing/job-fixtures";
import { localNetwork, startPictureServer } from "@/lib/testing/picture-server";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { formValues } from "./form-values";
import { jobFields } from "./job-fields";
import { jobDefinitions } from "./registry";
import { startJob } from "./start-job";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

const TYPES = jobDefinitions().map((definition) => ({ name: definition.name, definition }));
let server: Awaited<ReturnType<typeof startPictureServer>>;

beforeAll(async () => {
  const picture = await makeBlotches(1);
  server = await startPictureServer({ "/pen.png": (_, response) => void response.end(picture) });
  replaceNetwork(localNetwork());
});
afterAll(async () => {
  replaceNetwork(INTERNET);
  await server.stop();
});
beforeEach(clean);
afterEach(notesWritten);

async function clean() {
  await resetDatabase();
  for (const folder of ["images", "feeds", "icons", "job-fixtures"]) {
    rmSync(join(env().dataFolder, folder), { recursive: true, force: true });
  }
}

interface Ended {
  status: string;
  result: unknown;
}

type Way = (type: string, given: Record<string, unknown>) => Promise<Ended>;

const byForm: Way = async (type, given) => {
  const fields = jobFields(TYPES.find(({ name }) => name === type)?.definition.parameters ?? never());
  const admin = actorOf(await createUser("admin"));
  const { jobId } = await startJob(admin, { type, parameters: formValues(fields, given) });
  await workOff(jobId);
  return db.job.findUniqueOrThrow({ where: { id: jobId }, select: { status: true, result: true } });
};

const byCommand: Way = async (type, given) => {
  const fields = jobFields(TYPES.find(({ name }) => name === type)?.definition.parameters ?? never());
  const asked = readStart(type, [...writeJobFlags(fields, given), "--wait", "--json"]);
  const { value } = await startJobHere(type, asked);
  return value as Ended; // as `job start --json` documents it
};

const byApi: Way = async (type, given) => {
  const admin = await apiCaller("admin");
  const asked = await admin(postJob, { body: { type, parameters: given } });
  const { id, error } = asked.json as { id: string; error: { message: string } };
  if (asked.status !== 201) throw new Error(error.message);
  await workOff(id);
  return (await admin(getJob, { params: { id } })).json as Ended;
};

function never(): never {
  throw new Error("There is no such kind of job.");
}

/** Ids and bytes on the disk differ from one shop to the next. */
function comparable({ status, result }: Ended) {
  const text = JSON.stringify(result, (name, value) => (/^(bytes|freeBytes)/.test(name) ? "some bytes" : value));
  return { status, result: JSON.parse(text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, "an id")) };
}

describe.each(TYPES)("$name", ({ name }) => {
  test("A26: ends completed with the same result from its form, its command and the API", async () => {
    // PostgreSQL clears up by itself: there is no such job to start there, and all three ways say so.
    const isRefused = name === "database.compact" && engine() === "postgresql";
    const ended: unknown[] = [];
    for (const way of [byForm, byCommand, byApi]) {
      await clean();
      const given = await (JOB_FIXTURES[name] ?? never())({ pictureUrl: server.url("/pen.png") });
      const end = way(name, given);
      if (isRefused) await expect(end).rejects.toThrow("This database gives free space back by itself.");
      else ended.push(comparable(await end));
    }
    if (isRefused) return;
    expect(ended[0]).toMatchObject({ status: "completed", result: expect.any(Object) });
    expect(ended[1]).toEqual(ended[0]);
    expect(ended[2]).toEqual(ended[0]);
  });
});
