import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET as NOTIFICATIONS } from "@/app/api/notifications/route";
import { DELETE, PATCH } from "@/app/api/schedules/[id]/route";
import { POST as RUN } from "@/app/api/schedules/[id]/run/route";
import { GET, POST } from "@/app/api/schedules/route";
import { notesWritten } from "@/lib/auth/note-later";
import { pauseSchedule, runSchedule, showSchedules } from "@/lib/cli/schedules";
import { db, transaction } from "@/lib/db/client";
import { notify } from "@/lib/notifications/notify";
import { apiCaller } from "@/lib/testing/api";
import { resetDatabase } from "@/lib/testing/reset";
import { listNotificationsEndpoint } from "./notifications";
import { listSchedulesEndpoint, postScheduleEndpoint, runScheduleEndpoint } from "./schedules";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

afterEach(notesWritten);
beforeEach(() => resetDatabase());

const NIGHTLY = { name: "Nightly look", job_type: "duplicates.find", cron: "0 2 * * *", time_zone: "Europe/Berlin" };

test("a script makes a schedule, pauses, changes, runs and deletes it", async () => {
  const manager = await apiCaller("manager");
  const made = await manager(POST, { body: NIGHTLY });
  expect(made.status).toBe(201);
  const schedule = postScheduleEndpoint.answer.json.parse(made.json);
  expect(schedule).toMatchObject({ words: "daily at 02:00, Europe/Berlin", missed_policy: "once", version: 1 });
  expect(schedule.next_times).toHaveLength(5);
  const params = { id: schedule.id };
  const paused = await manager(PATCH, { params, body: { version: 1, is_paused: true } });
  expect(paused.json).toMatchObject({ is_paused: true, next_times: [], version: 2 });
  expect((await manager(PATCH, { params, body: { version: 1, name: "Late" } })).status).toBe(409);
  const moved = await manager(PATCH, { params, body: { version: 2, cron: "0 3 * * *", is_paused: false } });
  expect(moved.json).toMatchObject({ words: "daily at 03:00, Europe/Berlin", time_zone: "Europe/Berlin" });
  const ran = await manager(RUN, { params });
  const { job_id } = runScheduleEndpoint.answer.json.parse(ran.json);
  expect(await db.job.findUniqueOrThrow({ where: { id: job_id } })).toMatchObject({ scheduleId: schedule.id });
  expect((await manager(RUN, { params })).status).toBe(409);
  const list = listSchedulesEndpoint.answer.json.parse((await manager(GET)).json);
  expect(list.data).toMatchObject([{ id: schedule.id, last_job_id: job_id }]);
  expect((await manager(DELETE, { params, query: "version=2" })).status).toBe(409);
  expect((await manager(DELETE, { params, query: "version=3" })).status).toBe(204);
  expect(await db.job.count()).toBe(1);
});

test("what is wrong is told by field, and staff may only look", async () => {
  const [manager, staff] = [await apiCaller("manager"), await apiCaller("staff")];
  const refused = async (change: object) => (await manager(POST, { body: { ...NIGHTLY, ...change } })).json;
  expect(await refused({ cron: "soon" })).toMatchObject({ error: { fields: { cron: expect.any(String) } } });
  expect(await refused({ time_zone: "Mars" })).toMatchObject({
    error: { fields: { time_zone: expect.any(String) } },
  });
  const undo = { job_type: "sync.undo", parameters: {} };
  expect(await refused(undo)).toMatchObject({
    error: { fields: { job_type: expect.stringContaining("No schedule") } },
  });
  expect(await refused({ parameters: { colour: "red" } })).toMatchObject({ error: { code: "invalid_input" } });
  expect((await staff(POST, { body: NIGHTLY })).status).toBe(403);
  expect((await staff(GET)).status).toBe(200);
});

test("the command line lists, pauses, resumes and runs by name", async () => {
  const manager = await apiCaller("manager");
  await manager(POST, { body: NIGHTLY });
  expect((await showSchedules()).text).toMatch(
    /^Nightly look: .*, daily at 02:00, Europe\/Berlin; next .*; no job yet$/,
  );
  await pauseSchedule("nightly look", true);
  expect((await showSchedules()).text).toContain("; paused;");
  await pauseSchedule("Nightly look", false);
  expect(await runSchedule("Nightly look")).toMatchObject({ ok: true, value: { job_id: expect.any(String) } });
  await expect(runSchedule("Weekly")).rejects.toThrow('There is no schedule "Weekly". There are: Nightly look.');
});

test("a script reads its own person's notifications, page by page", async () => {
  const staff = await apiCaller("staff");
  const { id } = await db.user.findFirstOrThrow();
  for (const title of ["First", "Second", "Third"]) {
    await transaction((tx) => notify(tx, { kind: "job.failed", title, href: "/jobs" }, [id]));
  }
  const page = async (query: string) =>
    listNotificationsEndpoint.answer.json.parse((await staff(NOTIFICATIONS, { query })).json);
  const first = await page("per_page=2");
  expect(first.data.map(({ title }) => title)).toEqual(["Third", "Second"]);
  const second = await page(`per_page=2&unread=true&cursor=${first.next_cursor}`);
  expect(second).toMatchObject({ data: [{ title: "First", is_read: false }], next_cursor: null });
});
