import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { actor } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { createFeedSource } from "../mutations";
import { saveConnection, saveSchedule, setSourceActive } from "../source-settings";
import { startDueFetches } from "./request-fetch";

beforeEach(resetDatabase);

const HOURLY = { cron: "0 * * * *", timeZone: "UTC" };
const DAILY = { cron: "0 2 * * *", timeZone: "Europe/Berlin" };

async function createSource(schedule = HOURLY, nextFetchAt?: string) {
  const connection = { type: "folder" as const, path: "/srv/feed" };
  const { id } = await createFeedSource(SYSTEM, { name: "Supplier", kind: "etilize", connection, schedule });
  if (nextFetchAt) {
    await transaction((tx) => tx.feedSource.update({ where: { id }, data: { nextFetchAt: new Date(nextFetchAt) } }));
  }
  return id;
}

async function next(id: string) {
  return (await db.feedSource.findUniqueOrThrow({ where: { id } })).nextFetchAt?.toISOString() ?? null;
}

async function endFetches() {
  await transaction((tx) => tx.feedFetch.updateMany({ data: { outcome: "unchanged", finishedAt: new Date() } }));
}

test("R21 of ten workers that look at once, one starts the fetch", async () => {
  const id = await createSource(HOURLY, "2026-05-01T10:00:00Z");
  const now = new Date("2026-05-01T10:00:00.400Z");
  const started = await Promise.all(Array.from({ length: 10 }, () => startDueFetches(now)));
  expect(started.flat()).toHaveLength(1);
  expect(await db.feedFetch.count()).toBe(1);
  expect(await db.job.count({ where: { jobType: "feed.fetch" } })).toBe(1);
  expect(await next(id)).toBe("2026-05-01T11:00:00.000Z");
});

test("R21 a clock set back an hour does not fetch again, one set forward fetches once", async () => {
  const id = await createSource(HOURLY, "2026-05-01T10:00:00Z");
  const fetchesAt = async (time: string) => {
    const started = await startDueFetches(new Date(`2026-05-01T${time}Z`));
    await endFetches();
    return started.length;
  };
  expect(await fetchesAt("10:00:01")).toBe(1);
  expect(await fetchesAt("09:00:05")).toBe(0);
  expect(await fetchesAt("10:00:03")).toBe(0);
  expect(await fetchesAt("11:00:01")).toBe(1);
  expect(await fetchesAt("12:30:00")).toBe(1);
  expect(await fetchesAt("12:31:00")).toBe(0);
  expect(await next(id)).toBe("2026-05-01T13:00:00.000Z");
});

test("R21 the night the clocks go back has one fetch, the night they go forward too", async () => {
  const autumn = await createSource(DAILY, "2026-10-25T00:00:00Z");
  for (const time of ["00:00:01", "01:00:01", "01:59:59", "02:00:01"]) {
    await startDueFetches(new Date(`2026-10-25T${time}Z`));
    await endFetches();
  }
  expect(await db.feedFetch.count({ where: { sourceId: autumn } })).toBe(1);
  expect(await next(autumn)).toBe("2026-10-26T01:00:00.000Z");
});

test("times missed while no worker ran are one fetch on its return", async () => {
  const id = await createSource(HOURLY, "2026-05-01T10:00:00Z");
  expect(await startDueFetches(new Date("2026-05-04T17:20:00Z"))).toHaveLength(1);
  expect(await next(id)).toBe("2026-05-04T18:00:00.000Z");
});

test("a fetch that is still under way is not started beside itself", async () => {
  const id = await createSource(HOURLY, "2026-05-01T10:00:00Z");
  await startDueFetches(new Date("2026-05-01T10:00:01Z"));
  expect(await startDueFetches(new Date("2026-05-01T11:00:01Z"))).toEqual([]);
  expect(await next(id)).toBe("2026-05-01T12:00:00.000Z");
});

test("a paused schedule is kept and starts nothing; switching off pauses, switching on goes on", async () => {
  const id = await createSource();
  await saveSchedule(SYSTEM, { sourceId: id, version: 1, schedule: HOURLY, isPaused: true });
  expect(await next(id)).toBeNull();
  expect(await db.feedSource.findUniqueOrThrow({ where: { id } })).toMatchObject({ schedule: HOURLY });
  await saveSchedule(SYSTEM, { sourceId: id, version: 2, schedule: HOURLY, isPaused: false });
  expect(await next(id)).not.toBeNull();
  await setSourceActive(SYSTEM, { sourceId: id, version: 3, isActive: false });
  expect(await next(id)).toBeNull();
  await setSourceActive(SYSTEM, { sourceId: id, version: 4, isActive: true });
  expect(await next(id)).not.toBeNull();
});

test("of two who save a source the second is told; staff may not", async () => {
  const sourceId = await createSource();
  const save = (isPaused: boolean) => saveSchedule(SYSTEM, { sourceId, version: 1, schedule: DAILY, isPaused });
  const both = await Promise.allSettled([save(true), save(false)]);
  expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  const staff = saveSchedule(actor("staff"), { sourceId, version: 2, schedule: null, isPaused: false });
  await expect(staff).rejects.toThrow("Your role does not allow this.");
});

test("a saved password stays when it is not typed again, for the same server alone", async () => {
  const server = {
    type: "ftp" as const,
    host: "ftp.example.com",
    port: 21,
    user: "shop",
    folder: "",
    isDeep: false,
    pattern: "",
    take: "all" as const,
    settleSeconds: 10,
    doneMarker: "",
    timeoutSeconds: 30,
  };
  const { id } = await createFeedSource(SYSTEM, {
    name: "Server",
    kind: "csv",
    connection: { ...server, password: "first password" },
  });
  const stored = async () => JSON.stringify((await db.feedSource.findUniqueOrThrow({ where: { id } })).connection);
  const before = await stored();
  await saveConnection(SYSTEM, { sourceId: id, version: 1, connection: server });
  expect(await stored()).toBe(before);
  const elsewhere = saveConnection(SYSTEM, {
    sourceId: id,
    version: 2,
    connection: { ...server, host: "ftp.elsewhere.example" },
  });
  await expect(elsewhere).rejects.toMatchObject({
    fields: { password: "Enter the password. What was saved belongs to the former server and user alone." },
  });
  await saveConnection(SYSTEM, { sourceId: id, version: 2, connection: { ...server, password: "another password" } });
  expect(await stored()).not.toBe(before);
  expect(await stored()).toContain('"lastFour":"word"');
});
