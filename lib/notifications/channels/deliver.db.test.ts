import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { openSecret, sealedSecret } from "@/lib/secrets";
import { actorOf, createUser } from "@/lib/testing/factories";
import { startHookServer } from "@/lib/testing/hook-server";
import { startMailServer } from "@/lib/testing/mail-server";
import { resetDatabase } from "@/lib/testing/reset";
import { notify } from "../notify";
import type { ChannelInput } from "./channel-input";
import { deliverDue } from "./deliver";
import { Deliverer } from "./deliverer";
import { mailServerOf, saveMailSettings } from "./mail-settings";
import { createChannel, requestChannelTest, retryDelivery, saveOwnEmail } from "./mutations";
import { signatureOf } from "./post-webhook";
import { sendTestMail } from "./send-mail";

/** Within the project, so that it finds its packages. */
const SENDER = fileURLToPath(new URL(`../../../dist/test/sender-${process.pid}.mjs`, import.meta.url));
const SOURCE = fileURLToPath(new URL("../../testing/sender.ts", import.meta.url));

beforeAll(async () => {
  const options = { bundle: true, format: "esm", platform: "node", packages: "external", logLevel: "error" } as const;
  await build({ ...options, entryPoints: [SOURCE], outfile: SENDER });
});
afterAll(() => rmSync(SENDER, { force: true }));

const signal = new AbortController().signal;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  await resetDatabase();
  env().STOCKROOM_PRIVATE_WEBHOOKS = "on";
});
afterEach(async () => {
  env().STOCKROOM_PRIVATE_WEBHOOKS = "off";
  for (const stop of stops.splice(0)) await stop();
});

async function hookServer(...given: Parameters<typeof startHookServer>) {
  const server = await startHookServer(...given);
  stops.push(server.stop);
  return server;
}

async function mailServer(...given: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...given);
  stops.push(server.stop);
  return server;
}

const usual = { name: "Ops", kinds: [], digest: "none" as const, timeZone: "UTC", hour: 8 };
const webhook = (address: string, change: Partial<ChannelInput> = {}) =>
  createChannel(SYSTEM, { kind: "webhook", address, ...usual, ...change } as ChannelInput); // of one kind with its fields
const smtp = (port: number, change = {}) => ({
  host: "127.0.0.1",
  port,
  security: "none" as const,
  user: "shop",
  from: "shop@example.com",
  fromName: "Stockroom",
  ...change,
});

async function tell(userIds: string[] = [], title = "Import failed") {
  await transaction((tx) => notify(tx, { kind: "job.failed", title, body: "Row 7.", href: "/jobs/1" }, userIds));
}

const deliveries = () => db.notificationDelivery.findMany({ orderBy: { id: "asc" } });
const in2Days = () => new Date(Date.now() + 2 * 86_400_000);

describe("a webhook", () => {
  test("is told once of what three people are told of, signed with its secret over time and body", async () => {
    const server = await hookServer();
    const { secret } = await webhook(server.url());
    const people = [await createUser("staff"), await createUser("manager"), await createUser("admin")];
    await tell(people.map(({ id }) => id));
    await Promise.all([deliverDue(signal), deliverDue(signal)]);
    expect(await deliverDue(signal)).toBe(0);
    expect(server.calls).toHaveLength(1);
    const [call] = server.calls;
    if (!call) throw new Error("Nothing came.");
    const { headers, body } = call;
    const at = Number(headers["x-stockroom-timestamp"]);
    expect(headers["x-stockroom-signature"]).toBe(`t=${at},v1=${signatureOf(secret ?? "", at, body)}`);
    expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(60);
    expect(JSON.parse(body)).toMatchObject({
      delivery_id: headers["x-stockroom-delivery"],
      notifications: [{ kind: "job.failed", title: "Import failed", url: expect.stringMatching(/^http.*\/jobs\/1$/) }],
    });
    expect(await deliveries()).toMatchObject([{ status: "sent", attempts: 1 }]);
  });

  test("carries only the kinds that were chosen for it", async () => {
    const server = await hookServer();
    await webhook(server.url(), { kinds: ["fetch.failed"] });
    await tell([(await createUser("staff")).id]);
    expect(await deliverDue(signal)).toBe(0);
  });

  test.each([
    ["answers 500", (port: number) => `127.0.0.1:${port} answered 500 Internal Server Error.`, 500],
    ["answers 404", (port: number) => `127.0.0.1:${port} answered 404 Not Found.`, 404],
    [
      "redirects",
      (port: number) =>
        `127.0.0.1:${port} answered 302 Found: redirects are not followed. Enter the address it leads to.`,
      302,
    ],
  ])(
    "that %s is tried again with the same id, later and later, and has failed after a day",
    async (_, words, status) => {
      const server = await hookServer((response) => response.writeHead(status, { Location: "/elsewhere" }).end());
      const { id } = await webhook(server.url());
      await tell();
      const first = Date.now();
      const waits: number[] = [];
      for (let now = new Date(); ; ) {
        await deliverDue(signal, { now });
        const [delivery] = await deliveries();
        if (delivery?.status !== "waiting") break;
        waits.push(Math.round((delivery.nextAt.getTime() - now.getTime()) / 1000));
        now = delivery.nextAt;
        expect(await deliverDue(signal, { now: new Date(now.getTime() - 1_000) })).toBe(0);
      }
      expect(waits).toEqual(waits.toSorted((a, b) => a - b));
      const lasted = waits.reduce((sum, wait) => sum + wait, 0);
      expect(lasted / 3600).toBeGreaterThan(23);
      expect(lasted / 3600).toBeLessThanOrEqual(24);
      expect(Date.now() - first).toBeLessThan(60_000);
      expect(new Set(server.calls.map(({ headers }) => headers["x-stockroom-delivery"])).size).toBe(1);
      expect(new Set(server.calls.map(({ path }) => path))).toEqual(new Set(["/hook"]));
      expect(server.calls).toHaveLength(waits.length + 1);
      const problem = words(Number(new URL(server.url()).port));
      expect(await deliveries()).toMatchObject([{ status: "failed", problem }]);
      expect(await db.notificationChannel.findUniqueOrThrow({ where: { id } })).toMatchObject({ lastProblem: problem });
      const [failed] = await deliveries();
      await retryDelivery(SYSTEM, { deliveryId: failed?.id ?? 0 });
      expect(await deliveries()).toMatchObject([{ status: "waiting", attempts: 0 }]);
    },
  );

  test("that is silent is given up after its time, and one that is not there too", async () => {
    const silent = await hookServer(() => undefined);
    await webhook(silent.url());
    await webhook("http://127.0.0.1:1/hook", { name: "Gone" });
    await tell();
    await deliverDue(signal, { timeoutMs: 200 });
    expect((await deliveries()).map(({ problem }) => problem).toSorted()).toEqual([
      "127.0.0.1:1 takes no connection.",
      expect.stringMatching(/^127\.0\.0\.1:\d+ did not answer within 0\.2 seconds\.$/),
    ]);
  });

  test("in a private network is refused unless the server's owner allows it, also by name", async () => {
    const server = await hookServer();
    await webhook(server.url());
    await webhook(server.url().replace("127.0.0.1", "localhost"), { name: "By name" });
    env().STOCKROOM_PRIVATE_WEBHOOKS = "off";
    await tell();
    await deliverDue(signal);
    expect(server.calls).toEqual([]);
    for (const { problem } of await deliveries()) expect(problem).toContain("lies in a private network");
    const refused = (address: string, words: string) =>
      expect(webhook(address)).rejects.toMatchObject({ fields: { address: expect.stringContaining(words) } });
    await refused("http://hooks.example.com/a", "https://");
    for (const inside of ["https://10.0.0.8/a", "https://[::1]/a", "https://localhost/a", "https://2130706433/a"]) {
      await refused(inside, "lies in a private network");
    }
  });

  test("whose sender is killed between the call and its note gets it again under the same id, and no third time", async () => {
    let kill: () => unknown = () => undefined;
    const server = await hookServer((response, call) => {
      if (call.headers["x-killed"] === undefined) kill();
      response.writeHead(204).end();
    });
    await webhook(server.url());
    await tell();
    const sender = spawn(process.execPath, ["--conditions=react-server", SENDER], {
      cwd: process.cwd(),
      env: { ...process.env, STOCKROOM_PRIVATE_WEBHOOKS: "on" },
      stdio: "ignore",
    });
    kill = () => sender.kill("SIGKILL");
    await once(sender, "exit");
    kill = () => undefined;
    expect(server.calls).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ status: "waiting", attempts: 1 }]);
    expect(await deliverDue(signal)).toBe(0);
    await deliverDue(signal, { now: new Date(Date.now() + 121_000) });
    await deliverDue(signal, { now: in2Days() });
    expect(server.calls).toHaveLength(2);
    expect(new Set(server.calls.map(({ headers }) => headers["x-stockroom-delivery"])).size).toBe(1);
    expect(await deliveries()).toMatchObject([{ status: "sent", attempts: 2 }]);
  }, 60_000);

  test("that hangs holds up its own messages alone", async () => {
    const server = await hookServer((response, { path }) => {
      if (path === "/fast") response.writeHead(204).end();
    });
    await webhook(server.url("/hangs"), { name: "Hangs" });
    await tell();
    for (let n = 0; n < 20; n++) await tell([], `Import ${n} failed`);
    await webhook(server.url("/fast"), { name: "Fast" });
    await tell([], "The last");
    const deliverer = new Deliverer();
    await deliverer.look();
    await expect.poll(() => server.calls.map(({ path }) => path)).toContain("/fast");
    await deliverer.look();
    await expect.poll(() => server.calls.filter(({ path }) => path === "/hangs")).toHaveLength(8);
    await deliverer.end();
    expect((await deliveries()).map(({ status }) => status).sort()).toEqual([
      "sent",
      ...Array.from({ length: 21 + 1 }, () => "waiting"),
    ]);
  });

  test("that is under way when its worker stops is free for the next at once", async () => {
    const stop = new AbortController();
    const server = await hookServer(() => stop.abort());
    await webhook(server.url());
    await tell();
    await deliverDue(stop.signal);
    expect(await deliverDue(signal, { timeoutMs: 100 })).toBe(1);
    expect(new Set(server.calls.map(({ headers }) => headers["x-stockroom-delivery"])).size).toBe(1);
  });
});

describe("e-mail", () => {
  test("reaches a person at the address of the profile, with the delivery's id as its Message-ID", async () => {
    const server = await mailServer({ password: "right password" });
    await saveMailSettings(SYSTEM, { settings: { ...smtp(server.port), password: "right password" }, revision: null });
    const user = await createUser("staff");
    await saveOwnEmail(actorOf(user), { ...usual, isOn: true, version: null });
    await tell([user.id]);
    await Promise.all([deliverDue(signal), deliverDue(signal)]);
    expect(server.mails).toMatchObject([{ to: [user.email] }]);
    const [delivery] = await deliveries();
    expect(server.header(0, "Message-ID")).toBe(`<${delivery?.channelId}.${delivery?.id}@example.com>`);
    expect(server.header(0, "Subject")).toBe("[Stockroom] Import failed");
    expect(delivery).toMatchObject({ status: "sent" });
  });

  test("a refused login is a sentence without the password; nothing but the right server is ever told it", async () => {
    const server = await mailServer({ password: "right password" });
    await saveMailSettings(SYSTEM, { settings: { ...smtp(server.port), password: "wrong secret pw" }, revision: null });
    const user = await createUser("staff");
    await saveOwnEmail(actorOf(user), { ...usual, isOn: true, version: null });
    await tell([user.id]);
    await deliverDue(signal);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({
      status: "waiting",
      problem: "127.0.0.1 refused the login (535). Check the user and the password.",
    });
    const elsewhere = mailServerOf({ ...smtp(server.port), host: "mail.elsewhere.example" });
    await expect(elsewhere).rejects.toMatchObject({ fields: { password: expect.stringContaining("again") } });
    const kept = await mailServerOf(smtp(server.port));
    expect(kept.password).toBe("wrong secret pw");
  });

  test("a mail server that is silent, gone or not set up is told in words, and tried again", async () => {
    const server = await mailServer({ isSilent: true });
    const user = await createUser("staff");
    await saveOwnEmail(actorOf(user), { ...usual, isOn: true, version: null });
    await tell([user.id]);
    const problem = async () => {
      await deliverDue(signal, { timeoutMs: 300, now: in2Days() });
      await transaction((tx) => tx.notificationDelivery.updateMany({ data: { nextAt: new Date() } }));
      return (await deliveries())[0]?.problem;
    };
    expect(await problem()).toBe("No mail server is set up. An admin does that under Notifications.");
    await saveMailSettings(SYSTEM, { settings: smtp(server.port, { user: "" }), revision: null });
    expect(await problem()).toBe(`127.0.0.1:${server.port} did not answer in time.`);
    await saveMailSettings(SYSTEM, { settings: smtp(1, { user: "" }), revision: 1 });
    expect(await problem()).toContain("127.0.0.1:1");
  });

  test("a test of settings that are not saved yet says what the server says", async () => {
    const server = await mailServer({ password: "right password" });
    const given = { ...smtp(server.port), password: "right password" };
    await sendTestMail(await mailServerOf(given), "admin@example.com", signal);
    expect(server.mails).toMatchObject([{ to: ["admin@example.com"] }]);
    const wrong = sendTestMail(await mailServerOf({ ...given, password: "no" }), "admin@example.com", signal);
    await expect(wrong).rejects.toThrow("refused the login");
    await expect(wrong).rejects.not.toThrow("No entry for");
  });

  test("somebody who was switched off gets nothing more", async () => {
    const server = await mailServer();
    await saveMailSettings(SYSTEM, { settings: smtp(server.port, { user: "" }), revision: null });
    const user = await createUser("staff");
    await saveOwnEmail(actorOf(user), { ...usual, isOn: true, version: null });
    await tell([user.id]);
    await transaction((tx) => tx.user.update({ where: { id: user.id }, data: { isActive: false } }));
    await deliverDue(signal);
    expect(server.mails).toEqual([]);
    expect(await deliveries()).toMatchObject([{ status: "failed" }]);
  });
});

describe("a digest", () => {
  const daily = { ...usual, digest: "daily" as const, timeZone: "Europe/Berlin", hour: 8 };

  test("gathers a day in one message at its hour of its zone; an empty day sends none", async () => {
    const server = await hookServer();
    const { id } = await webhook(server.url(), daily);
    await tell([], "First");
    await tell([], "Second");
    expect(await deliverDue(signal)).toBe(0);
    const { nextDigestAt } = await db.notificationChannel.findUniqueOrThrow({ where: { id } });
    expect(nextDigestAt?.toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" })).toBe("08:00:00");
    const now = nextDigestAt ?? new Date();
    await Promise.all([deliverDue(signal, { now }), deliverDue(signal, { now })]);
    expect(server.calls.map(({ body }) => JSON.parse(body).notifications.length)).toEqual([2]);
    const next = (await db.notificationChannel.findUniqueOrThrow({ where: { id } })).nextDigestAt ?? now;
    expect((next.getTime() - now.getTime()) / 3_600_000).toBe(24);
    expect(await deliverDue(signal, { now: next })).toBe(0);
    expect(server.calls).toHaveLength(1);
  });

  test("that failed is tried again as it was, under the same id; what came since waits for the next", async () => {
    let isBroken = true;
    const server = await hookServer((response) => response.writeHead(isBroken ? 500 : 204).end());
    const { id } = await webhook(server.url(), daily);
    await tell([], "First");
    const due = (await db.notificationChannel.findUniqueOrThrow({ where: { id } })).nextDigestAt ?? new Date();
    await deliverDue(signal, { now: due });
    await tell([], "Later");
    isBroken = false;
    const later = new Date(due.getTime() + 31_000);
    await deliverDue(signal, { now: later });
    expect(new Set(server.calls.map(({ headers }) => headers["x-stockroom-delivery"])).size).toBe(1);
    expect(server.calls.map(({ body }) => JSON.parse(body).notifications)).toMatchObject([
      [{ title: "First" }],
      [{ title: "First" }],
    ]);
    expect((await deliveries()).map(({ status }) => status)).toEqual(["sent", "waiting"]);
  });

  test("waits for nothing when it is asked for a test, which is on nobody's screen", async () => {
    const server = await hookServer();
    const { id } = await webhook(server.url(), daily);
    const admin = await createUser("admin");
    await requestChannelTest(actorOf(admin), { channelId: id });
    await deliverDue(signal);
    expect(server.calls).toHaveLength(1);
    expect(await db.notification.count({ where: { userId: admin.id } })).toBe(0);
  });
});

test("no secret is in the database, the audit or the log as it is", async () => {
  const written: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((chunk: string) => written.push(String(chunk)) > 0) as typeof process.stderr.write; // the log's one use of it
  try {
    const hooks = await hookServer((response) => response.writeHead(500).end());
    const { id, secret } = await webhook(hooks.url("/hook/path-secret-123"));
    const mail = await mailServer({ password: "another password" });
    await saveMailSettings(SYSTEM, { settings: { ...smtp(mail.port), password: "pass-secret-456" }, revision: null });
    const user = await createUser("admin");
    await saveOwnEmail(actorOf(user), { ...usual, isOn: true, version: null });
    await tell([user.id]);
    await deliverDue(signal);
    const channel = await db.notificationChannel.findUniqueOrThrow({ where: { id } });
    expect(openSecret(sealedSecret.parse(JSON.parse(channel.secret ?? "")))).toBe(secret);
    const kept = JSON.stringify([
      await db.notificationChannel.findMany({ omit: { address: true } }),
      await db.configuration.findMany(),
      await db.auditEntry.findMany(),
      await deliveries(),
      written,
    ]);
    expect(written.join("")).toContain("delivery.refused");
    for (const hidden of [secret ?? "", "path-secret-123", "pass-secret-456"]) expect(kept).not.toContain(hidden);
  } finally {
    process.stderr.write = write;
  }
});
