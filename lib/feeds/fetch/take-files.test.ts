import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startFtpServer } from "@/lib/testing/ftp-server";
import { proofCount, proofSeed, reportProof, seededRandom } from "@/lib/testing/proof";
import { selfSignedCertificate } from "@/lib/testing/self-signed-certificate";
import { type Faults, seededFaults } from "@/lib/testing/server-faults";
import { startSftpServer } from "@/lib/testing/sftp-server";
import type { ConnectionInput, FetchedConnection } from "../connection";
import { sealConnection } from "../connection-secrets";
import { FetchError } from "./fetch-error";
import { readCertificate } from "./ftp-client";
import { takeFiles } from "./take-files";

/** A proof of many passes takes minutes. */
vi.setConfig({ testTimeout: 1_800_000 });
const PASSWORD = "correct horse battery staple";

let root: string;
let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "stockroom-fetch-"));
  process.env.STOCKROOM_DATA = join(base, "data");
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(base, "root-"));
  mkdirSync(join(root, "out"));
});

type Protocol = "ftp" | "ftps" | "implicit ftps" | "sftp";
const HOST_KEY = ssh2.utils.generateKeyPairSync("ed25519").private;
const CERTIFICATE = selfSignedCertificate("feeds.example");

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

async function start(protocol: Protocol, faults?: Faults) {
  const options = { root, user: "shop", password: PASSWORD, faults };
  const server =
    protocol === "sftp"
      ? await startSftpServer({ ...options, hostKey: HOST_KEY })
      : await startFtpServer({
          ...options,
          tls: protocol === "ftp" ? undefined : CERTIFICATE,
          isImplicit: protocol === "implicit ftps",
        });
  closing.push(server.close);
  return server;
}

async function connectionTo(protocol: Protocol, port: number, more: object = {}): Promise<FetchedConnection> {
  const input = {
    type: protocol === "implicit ftps" ? "ftps" : protocol,
    host: "127.0.0.1",
    port,
    user: "shop",
    folder: "out",
    isDeep: false,
    pattern: "",
    take: "all",
    settleSeconds: 0.02,
    doneMarker: "",
    timeoutSeconds: 2,
    password: PASSWORD,
    ...(protocol.endsWith("ftps") ? { isImplicit: protocol === "implicit ftps", certificate: null } : {}),
    ...(protocol === "sftp" ? { login: "password", hostKey: null } : {}),
    ...more,
  } as ConnectionInput;
  const connection = sealConnection(input, null);
  if (connection.type === "ftps" && connection.certificate === null) {
    connection.certificate = await readCertificate(connection, AbortSignal.timeout(2_000));
  }
  return connection as FetchedConnection;
}

function take(connection: FetchedConnection, { tries = 3, folder = mkdtempSync(join(base, "taken-")) } = {}) {
  const messages: string[] = [];
  const options = { signal: AbortSignal.timeout(20_000), onProgress: async () => undefined, tries, backoffMs: 5 };
  return takeFiles(connection, folder, { ...options, onRetry: (message) => messages.push(message) });
}

function put(name: string, bytes: Buffer | string) {
  writeFileSync(join(root, "out", name), bytes);
}

const sum = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const FEED = randomBytes(700_000);

describe.each(["ftp", "ftps", "implicit ftps", "sftp"] as const)("%s", (protocol) => {
  test("brings the files byte for byte and changes nothing on the server", async () => {
    put("feed.zip", FEED);
    put("price list.csv", "a,b\n1,2\n");
    put("feed.zip.part", "half");
    const { port } = await start(protocol);
    const taken = await take(await connectionTo(protocol, port));
    if (taken.outcome !== "taken") throw new Error(taken.message);
    expect(taken.files.map((file) => file.name)).toEqual(["feed.zip", "price list.csv"]);
    expect(taken.files.map((file) => sum(readFileSync(file.path)))).toEqual([
      sum(FEED),
      sum(Buffer.from("a,b\n1,2\n")),
    ]);
    expect(readdirSync(join(root, "out")).toSorted()).toEqual(["feed.zip", "feed.zip.part", "price list.csv"]);
  });

  test("a refused login is told once, with what to check, and without the password", async () => {
    const { port, state } = await start(protocol);
    const connection = await connectionTo(protocol, port, { password: "not the password" });
    const failure = await take(connection).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FetchError);
    expect(String(failure)).toContain("127.0.0.1 refused the login of shop. Check user name and password.");
    expect(String(failure)).not.toContain("not the password");
    expect(state.logins).toBe(1);
  });

  test("files of folders below are taken when that is asked for, each by its path", async () => {
    mkdirSync(join(root, "out", "tax", "global codes"), { recursive: true });
    put("tax/global codes/tax.zip", FEED);
    put("tax/done.txt", "done");
    const { port } = await start(protocol);
    expect(await take(await connectionTo(protocol, port))).toMatchObject({
      outcome: "waiting",
      message:
        "Nothing to fetch: there are only folders there: tax. Enter the one the feed lies in, or take files from folders below too.",
    });
    const taken = await take(await connectionTo(protocol, port, { isDeep: true, doneMarker: "done.txt" }));
    if (taken.outcome !== "taken") throw new Error(taken.message);
    expect(taken.files.map((file) => file.name)).toEqual(["tax/global codes/tax.zip"]);
    expect(taken.files.map((file) => sum(readFileSync(file.path)))).toEqual([sum(FEED)]);
  });

  test("a folder that is not there, and a folder with nothing that fits, are told apart", async () => {
    put("notes.txt", "x");
    const { port } = await start(protocol);
    const missing = await take(await connectionTo(protocol, port, { folder: "nowhere" })).catch(String);
    expect(missing).toContain("There is no folder nowhere on 127.0.0.1");
    const nothing = await take(await connectionTo(protocol, port, { pattern: "*.zip, *.csv" }));
    expect(nothing).toMatchObject({
      outcome: "waiting",
      message: "No finished file fits *.zip, *.csv. 1 file there: notes.txt.",
    });
  });

  test("a file that grows is never read", async () => {
    put("feed.csv", "a,b\n");
    const { port } = await start(protocol);
    const growing = setInterval(() => appendFileSync(join(root, "out", "feed.csv"), "1,2\n"), 5);
    const folder = mkdtempSync(join(base, "taken-"));
    const taken = await take(await connectionTo(protocol, port, { settleSeconds: 0.06 }), { folder });
    clearInterval(growing);
    expect(taken).toMatchObject({ outcome: "waiting" });
    expect(taken).toHaveProperty("message", expect.stringContaining("still grow or change: feed.csv"));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("nothing is taken before the marker is there, and the marker is no feed", async () => {
    put("feed.csv", "a,b\n1,2\n");
    const { port } = await start(protocol);
    const connection = await connectionTo(protocol, port, { doneMarker: "*.done" });
    expect(await take(connection)).toMatchObject({
      outcome: "waiting",
      message: expect.stringContaining("no *.done yet"),
    });
    put("all.done", "");
    expect(await take(connection)).toMatchObject({ outcome: "taken", files: [{ name: "feed.csv" }] });
  });

  test("of dated files the newest alone is taken when the source says so", async () => {
    put("feed_0626.csv", "a\n1\n");
    put("feed_0627.csv", "a\n2\n");
    utimesSync(join(root, "out", "feed_0626.csv"), 1_750_000_000, 1_750_900_000);
    utimesSync(join(root, "out", "feed_0627.csv"), 1_750_000_000, 1_750_990_000);
    const { port } = await start(protocol);
    const taken = await take(await connectionTo(protocol, port, { take: "newest" }));
    expect(taken).toMatchObject({ files: [{ name: "feed_0627.csv" }] });
  });

  test("a listing with a wrong size fails with both figures instead of passing on what came", async () => {
    put("feed.zip", FEED);
    const { port } = await start(protocol, (step) => (step === "list" ? { is: "size", by: 9 } : null));
    const failure = await take(await connectionTo(protocol, port)).catch(String);
    expect(failure).toContain("feed.zip: only");
    expect(failure).toContain("(700000) of");
    expect(failure).toContain("Tried 3 times.");
  });

  test("R13 cut at seeded offsets, a feed arrives whole from where it broke", async () => {
    put("feed.zip", FEED);
    const random = seededRandom();
    const passes = proofCount(4);
    const server = await start(protocol);
    const connection = await connectionTo(protocol, server.port);
    for (let pass = 0; pass < passes; pass++) {
      let cuts = 0;
      const offset = Math.floor(random() * FEED.length);
      server.state.faults = (step) =>
        step === "read" && cuts++ === 0 ? { is: "cut", after: offset, quiet: pass % 2 === 0 } : null;
      const taken = await take(connection);
      if (taken.outcome !== "taken") throw new Error(taken.message);
      expect(sum(readFileSync(taken.files[0]?.path ?? ""))).toBe(sum(FEED));
      expect(cuts).toBe(2);
    }
    reportProof("R13", { protocol, cuts: passes, partialFiles: 0 });
  });

  test("R13 a line that breaks each time leaves nothing that could pass for a feed", async () => {
    put("feed.zip", FEED);
    const { port } = await start(protocol, (step) => (step === "read" ? { is: "cut", after: 10, quiet: true } : null));
    const failure = await take(await connectionTo(protocol, port)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FetchError);
    expect(String(failure)).toContain("Tried 3 times.");
  });

  test("R14 with faults at a tenth of all steps a feed arrives byte for byte or fails in words", async () => {
    put("feed.zip", FEED);
    put("list.csv", "a,b\n1,2\n");
    const server = await start(protocol);
    const connection = { ...(await connectionTo(protocol, server.port)), timeoutSeconds: 0.4 };
    const ends = { taken: 0, failed: 0 };
    const passes = proofCount(6);
    for (let pass = 1; pass <= passes; pass++) {
      server.state.faults = seededFaults(proofSeed() + pass, 0.1);
      const taken = await take(connection, { tries: 4 }).catch((error: unknown) => error);
      if (taken instanceof FetchError) {
        ends.failed += 1;
        expect(taken.message).toMatch(/[.]$/);
        expect(taken.message).not.toContain(PASSWORD);
        continue;
      }
      if (taken instanceof Error) throw taken;
      expect(taken).toMatchObject({ outcome: "taken" });
      const { files } = taken as Extract<Awaited<ReturnType<typeof takeFiles>>, { outcome: "taken" }>;
      expect(files.map((file) => sum(readFileSync(file.path)))).toEqual([sum(FEED), sum(Buffer.from("a,b\n1,2\n"))]);
      ends.taken += 1;
    }
    expect(ends.taken).toBeGreaterThan(0);
    reportProof("R14", { protocol, fetches: passes, ...ends });
  });
});

describe("what a server proves to be", () => {
  test("SFTP: a changed host key is refused before anything is sent", async () => {
    put("feed.csv", "a\n1\n");
    const { port, state } = await start("sftp");
    const first = await take(await connectionTo("sftp", port));
    expect(first.hostKey).toMatch(/^SHA256:[\w+/]{43}$/);
    expect(await take(await connectionTo("sftp", port, { hostKey: first.hostKey }))).toMatchObject({
      outcome: "taken",
    });
    const logins = state.logins;
    const refused = await take(await connectionTo("sftp", port, { hostKey: `SHA256:${"x".repeat(43)}` })).catch(String);
    expect(refused).toContain("shows another host key");
    expect(refused).toContain("Nothing was sent.");
    expect(state.logins).toBe(logins);
  });

  test("SFTP: a private key logs in; a text that is none is told", async () => {
    put("feed.csv", "a\n1\n");
    const keys = ssh2.utils.generateKeyPairSync("ed25519", {
      passphrase: "open sesame",
      cipher: "aes256-cbc",
      rounds: 1,
    });
    const server = await startSftpServer({ root, user: "shop", publicKey: keys.public, hostKey: HOST_KEY });
    closing.push(server.close);
    const login = { login: "key", password: undefined, privateKey: keys.private };
    expect(await take(await connectionTo("sftp", server.port, { ...login, passphrase: "open sesame" }))).toMatchObject({
      outcome: "taken",
    });
    expect(await take(await connectionTo("sftp", server.port, login)).catch(String)).toContain("Enter its passphrase.");
    const none = await connectionTo("sftp", server.port, { ...login, privateKey: "no key at all" });
    expect(await take(none).catch(String)).toContain("This is no private key");
  });

  test.each(["ftps", "implicit ftps"] as const)(
    "%s: a certificate that nobody vouches for is refused until a person trusts it, and no other then",
    async (protocol) => {
      put("feed.csv", "a\n1\n");
      const { port, state } = await start(protocol);
      const trusted = await connectionTo(protocol, port);
      if (trusted.type !== "ftps") throw new Error("not FTPS");
      expect(trusted.certificate?.subject).toBe("feeds.example");
      expect(await take({ ...trusted, certificate: null }).catch(String)).toContain("vouched for by nobody");
      expect(state.logins).toBe(0);
      expect(await take(trusted)).toMatchObject({ outcome: "taken" });
      const other = selfSignedCertificate("feeds.example");
      const isImplicit = protocol === "implicit ftps";
      const stranger = await startFtpServer({ root, user: "shop", password: PASSWORD, tls: other, isImplicit });
      closing.push(stranger.close);
      expect(await take({ ...trusted, port: stranger.port }).catch(String)).toContain("certificate of 127.0.0.1");
      expect(stranger.state.logins).toBe(0);
    },
  );

  test("a server without TLS is not talked to in the clear", async () => {
    const { port, state } = await start("ftp");
    const connection = await connectionTo("ftp", port);
    const wanted = { ...connection, type: "ftps", isImplicit: false, certificate: null } as FetchedConnection;
    expect(await take(wanted).catch(String)).toContain("offers no TLS");
    expect(state.logins).toBe(0);
  });

  test("TLS from the first byte asked of a server that begins in the clear, and the other way round, is told", async () => {
    const plain = await connectionTo("ftp", (await start("ftp")).port);
    const implicit = { ...plain, type: "ftps", isImplicit: true, certificate: null } as FetchedConnection;
    expect(await take(implicit, { tries: 1 }).catch(String)).toContain("explicit or implicit TLS");
    const { port, state } = await start("implicit ftps");
    const explicit = { ...implicit, isImplicit: false, port } as FetchedConnection;
    expect(await take(explicit, { tries: 1 }).catch(String)).toContain("whether it wants implicit TLS");
    expect(state.logins).toBe(0);
  });
});

test("a closed port and a name that nobody has are told in words", async () => {
  const { port, close } = await startFtpServer({ root, user: "shop", password: PASSWORD });
  await close();
  const closed = await connectionTo("ftp", port);
  expect(await take(closed, { tries: 1 }).catch(String)).toContain(`127.0.0.1:${port} refused the connection.`);
  const nobody = await connectionTo("sftp", 22, { host: "no-such-host.invalid" });
  expect(await take(nobody, { tries: 1 }).catch(String)).toContain("No server named no-such-host.invalid");
});

test("a cancelled fetch stops at once", async () => {
  put("feed.zip", FEED);
  const { port } = await start("sftp", (step) => (step === "read" ? { is: "stall", after: 10 } : null));
  const abort = new AbortController();
  const onProgress = vi.fn(async (stage: string) => {
    if (stage === "Downloading") abort.abort(new Error("a person cancelled it"));
  });
  const connection = await connectionTo("sftp", port, { timeoutSeconds: 60 });
  const folder = mkdtempSync(join(base, "taken-"));
  await expect(takeFiles(connection, folder, { signal: abort.signal, onProgress })).rejects.toThrow(
    "a person cancelled it",
  );
});
