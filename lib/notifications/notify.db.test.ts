import { beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { endFetch } from "@/lib/feeds/fetch/settle-fetch";
import { registerTestJob } from "@/lib/jobs/registry";
import { runWorker } from "@/lib/jobs/worker";
import { actor, actorOf, createFeedSource, createJob, createRun, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  renewChannelSecret,
  requestChannelTest,
  saveOwnEmail,
} from "./channels/mutations";
import { listChannels } from "./channels/queries";
import { markAllNotifications, markNotifications, pruneNotifications } from "./mutations";
import { notify } from "./notify";
import { notifyJobEnd } from "./notify-job-end";
import { savePreferences } from "./preferences";
import { listNotifications, unreadNotifications } from "./queries";

beforeEach(resetDatabase);

const told = async () => {
  const rows = await db.notification.findMany({ orderBy: { id: "asc" } });
  return rows.map(({ userId, kind, title }) => ({ userId, kind, title }));
};

async function end(data: Partial<Prisma.JobUncheckedCreateInput>, tookSeconds = 60) {
  const now = new Date();
  const job = await createJob({
    startedAt: new Date(now.getTime() - tookSeconds * 1000),
    displayName: "Import Acme",
    ...data,
  });
  await transaction((tx) => notifyJobEnd(tx, job, now));
  return job;
}

describe("the end of a job", () => {
  test("that took longer than ten seconds is told to its owner; a short one and the system's are not", async () => {
    const { id: userId } = await createUser("manager");
    await end({ status: "completed", userId });
    await end({ status: "completed", userId }, 10);
    await end({ status: "completed" });
    await end({ status: "cancelled", userId });
    expect(await told()).toEqual([{ userId, kind: "job.completed", title: "Import Acme is done" }]);
  });

  test("that went wrong is told to its owner, one of a schedule's and of the system's to the admins too", async () => {
    const owner = await createUser("manager");
    const admin = await createUser("admin");
    await createUser("admin", { isActive: false });
    await end({ status: "failed", userId: owner.id, error: "Row 7." });
    await end({ status: "parked", userId: owner.id });
    await end({ status: "lost", userId: owner.id });
    await end({ status: "paused", userId: owner.id });
    await end({ status: "paused", userId: owner.id, error: "The ceiling of 5.00 is reached." });
    const { id: scheduleId } = await transaction((tx) =>
      tx.jobSchedule.create({
        data: { name: "Nightly", jobType: "test", cron: "0 2 * * *", timeZone: "UTC", userId: owner.id },
      }),
    );
    await end({ status: "failed", userId: owner.id, scheduleId });
    await end({ status: "parked" });
    await end({ status: "failed", jobType: "feed.fetch" });
    const title = "Import Acme failed, scheduled by Nightly";
    expect(await told()).toEqual([
      { userId: owner.id, kind: "job.failed", title: "Import Acme failed" },
      { userId: owner.id, kind: "job.parked", title: "Import Acme gave up" },
      { userId: owner.id, kind: "job.lost", title: "Import Acme lost its worker and is taken up again" },
      { userId: owner.id, kind: "job.parked", title: "Import Acme is held until a person looks at it" },
      { userId: owner.id, kind: "schedule.failed", title },
      { userId: admin.id, kind: "schedule.failed", title },
      { userId: admin.id, kind: "schedule.failed", title: "Import Acme gave up" },
    ]);
  });

  test("that brought a run to review is told to who started it, or to all who may review", async () => {
    const owner = await createUser("manager");
    const admin = await createUser("admin");
    await createUser("staff");
    const run = await createRun({ status: "review", source: "Acme" });
    const import_ = { status: "completed" as const, jobType: "feed.import", parameters: { runId: run.id } };
    await end({ ...import_, userId: owner.id }, 1);
    await end(import_, 1);
    const dry = await createRun({ status: "review", isDryRun: true });
    await end({ ...import_, userId: owner.id, parameters: { runId: dry.id } }, 1);
    const title = `Run ${run.number} of Acme waits for review`;
    expect(await told()).toEqual(
      [owner.id, owner.id, admin.id].map((userId) => ({ userId, kind: "run.review", title })),
    );
  });

  test("is told by the worker that saw it, once, whatever the job did", async () => {
    const { id: userId } = await createUser("manager");
    registerTestJob({
      handle: async () => {
        throw new AppError("conflict", "Acme is switched off.");
      },
    });
    const { id } = await createJob({ userId });
    await runWorker({ signal: new AbortController().signal, only: id });
    expect(await db.notification.findMany()).toMatchObject([
      { userId, kind: "job.failed", body: "Acme is switched off.", href: `/jobs/${id}` },
    ]);
    registerTestJob({});
  });
});

test("the third failed fetch in a row is told to managers and admins, the fourth is not, and it begins anew after one that came", async () => {
  const manager = await createUser("manager");
  await createUser("staff");
  const { id: sourceId } = await createFeedSource({ name: "Acme" });
  const fetch = async (outcome: "failed" | "received") => {
    const { id } = await transaction((tx) => tx.feedFetch.create({ data: { sourceId, trigger: "schedule" } }));
    await endFetch(id, { outcome, message: "The server is gone." });
  };
  for (const outcome of ["failed", "failed"] as const) await fetch(outcome);
  expect(await told()).toEqual([]);
  for (const outcome of ["failed", "failed", "received", "failed", "failed"] as const) await fetch(outcome);
  const title = "Acme could not be fetched 3 times in a row";
  expect(await told()).toEqual([{ userId: manager.id, kind: "fetch.failed", title }]);
  await fetch("failed");
  expect(await told()).toHaveLength(2);
});

const news = (title: string) => ({ kind: "job.failed" as const, title, href: "/jobs" });
const tell = (userIds: string[], title = "Failed") => transaction((tx) => notify(tx, news(title), userIds));

describe("one's own notifications", () => {
  test("a kind that is switched off, and a person who is, are left out", async () => {
    const off = await createUser("staff");
    const gone = await createUser("staff", { isActive: false });
    const on = await createUser("staff");
    await savePreferences(actorOf(off), { off: ["job.failed"] });
    await tell([off.id, gone.id, on.id, on.id]);
    expect((await told()).map(({ userId }) => userId)).toEqual([on.id]);
  });

  test("are read by nobody else, marked by nobody else, and told from those that came later", async () => {
    const [mine, other] = [await createUser("staff"), await createUser("admin")];
    await tell([mine.id, other.id], "First");
    await tell([mine.id], "Second");
    const list = async (who: typeof mine) => (await listNotifications(actorOf(who), {})).rows;
    expect((await list(mine)).map(({ title }) => title)).toEqual(["Second", "First"]);
    const [second, first] = await list(mine);
    await markNotifications(actorOf(other), { ids: [first?.id ?? "", second?.id ?? ""], isRead: true });
    expect((await unreadNotifications(actorOf(mine))).unread).toBe(2);
    await markAllNotifications(actorOf(mine), { upTo: first?.id ?? "" });
    expect(await unreadNotifications(actorOf(mine))).toMatchObject({ unread: 1, newest: [{ title: "Second" }] });
    expect((await unreadNotifications(actorOf(other))).unread).toBe(1);
    await markNotifications(actorOf(mine), { ids: [first?.id ?? ""], isRead: false });
    expect((await unreadNotifications(actorOf(mine))).unread).toBe(2);
  });

  test("are paged by place, and go when they are of age", async () => {
    const user = await createUser("staff");
    for (let n = 1; n <= 5; n++) await tell([user.id], `News ${n}`);
    const titles = (page: Awaited<ReturnType<typeof listNotifications>>) => page.rows.map(({ title }) => title);
    const first = await listNotifications(actorOf(user), { size: 2 });
    const second = await listNotifications(actorOf(user), { size: 2, before: first.older ?? "" });
    expect([titles(first), titles(second)]).toEqual([
      ["News 5", "News 4"],
      ["News 3", "News 2"],
    ]);
    const back = await listNotifications(actorOf(user), { size: 2, after: second.newer ?? "" });
    expect(titles(back)).toEqual(["News 5", "News 4"]);
    expect(await pruneNotifications(new Date(Date.now() + 89 * 86_400_000))).toBe(0);
    expect(await pruneNotifications(new Date(Date.now() + 91 * 86_400_000))).toBe(5);
  });
});

describe("channels", () => {
  const channel = {
    kind: "webhook" as const,
    name: "Ops",
    address: "https://hooks.example.com/a",
    kinds: [],
    digest: "none" as const,
    timeZone: "UTC",
    hour: 8,
  };

  test("of the shop are an admin's affair: managers may not see, make, change, test or delete them", async () => {
    const manager = actor("manager");
    const { id: channelId } = await createChannel(SYSTEM, channel);
    const seen = { channelId, version: 1 };
    const tries = [
      listChannels(manager),
      createChannel(manager, channel),
      changeChannel(manager, { ...seen, channel, isPaused: true }),
      renewChannelSecret(manager, seen),
      requestChannelTest(manager, { channelId }),
      deleteChannel(manager, seen),
    ];
    for (const each of await Promise.allSettled(tries)) expect(each).toMatchObject({ reason: { code: "forbidden" } });
  });

  test("of two admins who change one the second is told; a secret is shown by its last four", async () => {
    const admin = actor("admin");
    const { id: channelId, secret } = await createChannel(admin, channel);
    const change = { channelId, version: 1, channel: { ...channel, name: "Night" }, isPaused: false };
    const both = await Promise.allSettled([changeChannel(admin, change), changeChannel(admin, change)]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const { channels } = await listChannels(admin);
    expect(channels).toMatchObject([{ name: "Night", secretLastFour: secret?.slice(-4) }]);
    expect(JSON.stringify(channels)).not.toContain(secret);
    const renewed = await renewChannelSecret(admin, { channelId, version: 2 });
    expect(renewed.secret).not.toBe(secret);
    await expect(deleteChannel(admin, { channelId, version: 2 })).rejects.toMatchObject({ code: "conflict" });
    await deleteChannel(admin, { channelId, version: 3 });
  });

  test("a person's e-mail is on no admin's list, and an admin tests or changes none of somebody else's", async () => {
    const user = await createUser("staff");
    const own = { isOn: true, kinds: [], digest: "none" as const, timeZone: "UTC", hour: 8 };
    const both = await Promise.allSettled([
      saveOwnEmail(actorOf(user), { ...own, version: null }),
      saveOwnEmail(actorOf(user), { ...own, version: null }),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const { id: channelId } = await db.notificationChannel.findFirstOrThrow();
    expect((await listChannels(actor("admin"))).channels).toEqual([]);
    await expect(requestChannelTest(actor("admin"), { channelId })).rejects.toMatchObject({ code: "not_found" });
    await requestChannelTest(actorOf(user), { channelId });
    expect(await db.notificationDelivery.count()).toBe(1);
  });
});
