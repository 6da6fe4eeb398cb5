import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor } from "@/lib/testing/factories";
import { startFtpServer } from "@/lib/testing/ftp-server";
import { resetDatabase } from "@/lib/testing/reset";
import { selfSignedCertificate } from "@/lib/testing/self-signed-certificate";
import { connectionInput } from "../connection";
import { createFeedSource } from "../mutations";
import { testConnection } from "./test-connection";

const manager = actor("manager");
let root: string;
let server: Awaited<ReturnType<typeof startFtpServer>>;
beforeEach(async () => {
  await resetDatabase();
  root = mkdtempSync(join(tmpdir(), "stockroom-test-connection-"));
  server = await startFtpServer({ root, user: "shop", password: "the saved one" });
});
afterEach(() => server.close());

function connectionTo(more: object = {}) {
  return connectionInput.parse({ type: "ftp", host: "127.0.0.1", port: server.port, user: "shop", ...more });
}

test("C43 a test says what it sees and what a fetch would take, and keeps nothing", async () => {
  writeFileSync(join(root, "feed.zip"), "12345");
  writeFileSync(join(root, "notes.txt"), "x");
  mkdirSync(join(root, "old"));
  const connection = connectionTo({ password: "the saved one", pattern: "*.zip" });
  const answer = await testConnection(manager, { sourceId: null, connection });
  expect(answer).toMatchObject({
    isGood: true,
    message: "It works. A fetch would take 1 file, 5 B of 2 there.",
    files: [
      { name: "feed.zip", bytes: 5, isTaken: true },
      { name: "notes.txt", bytes: 1, isTaken: false },
    ],
  });
  const nothing = await testConnection(manager, {
    sourceId: null,
    connection: connectionTo({ password: "the saved one", pattern: "*.csv" }),
  });
  expect(nothing).toMatchObject({ isGood: false, message: expect.stringContaining("none of the 2 files there fits") });
  expect(await db.feedFetch.count()).toBe(0);
  expect(await db.feedFile.count()).toBe(0);
});

test("a saved password is used without typing it, for its own server alone, and staff can't test", async () => {
  writeFileSync(join(root, "feed.zip"), "12345");
  const saved = connectionTo({ password: "the saved one" });
  const { id: sourceId } = await createFeedSource(manager, { name: "Saved", kind: "csv", connection: saved });
  expect(await testConnection(manager, { sourceId, connection: connectionTo() })).toMatchObject({ isGood: true });
  const stranger = testConnection(manager, { sourceId, connection: connectionTo({ host: "localhost" }) });
  await expect(stranger).rejects.toThrow("Enter the password.");
  const staff = testConnection(actor("staff"), { sourceId, connection: connectionTo() });
  await expect(staff).rejects.toThrow("Your role does not allow this.");
});

test.each([false, true])(
  "an unknown certificate is shown before any password is sent, and works once trusted (implicit TLS: %s)",
  async (isImplicit) => {
    writeFileSync(join(root, "feed.zip"), "12345");
    const tls = selfSignedCertificate("nas");
    const asked = await startFtpServer({ root, user: "shop", password: "the saved one", tls, isImplicit });
    const wanted = { type: "ftps", password: "the saved one", port: asked.port, isImplicit };
    const unknown = await testConnection(manager, { sourceId: null, connection: connectionTo(wanted) });
    expect(unknown).toMatchObject({
      isGood: false,
      message: expect.stringContaining("The certificate of 127.0.0.1 is vouched for by nobody this machine knows."),
      certificate: { subject: "nas" },
    });
    expect(asked.state.logins).toBe(0);
    const trusted = connectionTo({ ...wanted, certificate: unknown.certificate });
    expect(await testConnection(manager, { sourceId: null, connection: trusted })).toMatchObject({
      isGood: true,
      files: [{ name: "feed.zip", bytes: 5, isTaken: true }],
    });
    await asked.close();
  },
);

test("a wrong password and a closed port are sentences, not failures of the page", async () => {
  const wrong = connectionTo({ password: "wrong" });
  expect(await testConnection(manager, { sourceId: null, connection: wrong })).toMatchObject({
    isGood: false,
    message: "127.0.0.1 refused the login of shop. Check user name and password.",
  });
  const closed = connectionTo({ password: "wrong", port: 1 });
  expect(await testConnection(manager, { sourceId: null, connection: closed })).toMatchObject({
    isGood: false,
    message: "127.0.0.1:1 refused the connection. Check the port, and that the server is running.",
  });
});
