import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import ssh2, { type AuthHandlerMiddleware, type Client, type FileEntryWithStats, type SFTPWrapper } from "ssh2";
import type { ServerConnection } from "../connection";
import { openSecrets } from "../connection-secrets";
import type { DownloadTarget, FeedServer, ListedFile } from "./feed-server";
import { FetchError, networkFault } from "./fetch-error";
import { isFolderBelow, walkFolders } from "./walk-folders";

type SftpConnection = Extract<ServerConnection, { type: "sftp" }>;

/** Bytes asked for at once, and how many askings are under way: a far server is as quick as its line. */
const READ_BYTES = 32_768;
const READS_AHEAD = 24;

export async function openSftp(connection: SftpConnection, signal: AbortSignal): Promise<FeedServer> {
  signal.throwIfAborted();
  const { client, hostKey } = await login(connection, signal);
  const session = new Session(client, connection, signal);
  try {
    const sftp = await session.ask<SFTPWrapper>((done) => client.sftp(done));
    const folder = connection.folder || ".";
    const pathOf = (name: string) => (folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`);
    await session
      .ask((done) => sftp.stat(folder, done))
      .catch((error: unknown) => {
        throw isStatus(error, 2, 3) ? folderFault(connection, error) : error;
      });
    return {
      hostKey,
      list: () =>
        walkFolders(connection.isDeep, async (path) => {
          const at = path ? pathOf(path) : folder;
          const entries = await session.ask<FileEntryWithStats[]>((done) => sftp.readdir(at, done));
          const folders = entries.filter(({ filename, attrs }) => attrs.isDirectory() && isFolderBelow(filename));
          return {
            files: entries.filter((entry) => entry.attrs.isFile()).map(listed),
            folders: folders.map((entry) => entry.filename),
          };
        }),
      download: (name, target) => download(session, sftp, pathOf(name), name, target),
      close: async () => session.close(),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

async function login(connection: SftpConnection, signal: AbortSignal) {
  const { host, port, user, timeoutSeconds } = connection;
  const { password, privateKey, passphrase } = openSecrets(connection);
  if (privateKey !== undefined) assertKey(privateKey, passphrase);
  const client = new ssh2.Client();
  let hostKey: string | null = null;
  await new Promise<void>((resolve, reject) => {
    const end = () => {
      client.end();
      reject(signal.reason);
    };
    signal.addEventListener("abort", end, { once: true });
    client.on("ready", () => {
      signal.removeEventListener("abort", end);
      resolve();
    });
    client.on("error", (error: Error & { level?: string }) => {
      signal.removeEventListener("abort", end);
      reject(signal.aborted ? signal.reason : loginFault(connection, hostKey, error));
    });
    client.on("close", () => reject(new FetchError("network", `${host}:${port} hung up during the login.`)));
    // Some servers ask for the password in a dialogue of their own.
    client.on("keyboard-interactive", (_name, _instructions, _lang, prompts, finish) =>
      finish(prompts.map(() => password ?? "")),
    );
    client.connect({
      host,
      port,
      username: user,
      password,
      privateKey,
      passphrase,
      tryKeyboard: password !== undefined,
      authHandler: oneTry(privateKey !== undefined),
      readyTimeout: timeoutSeconds * 1000,
      keepaliveInterval: 10_000,
      hostVerifier: (key: Buffer) => {
        hostKey = fingerprintOf(key);
        return connection.hostKey === null || connection.hostKey === hostKey;
      },
    });
  });
  return { client, hostKey };
}

/** The one way that fits what the server offers: a second wrong try locks accounts on some servers. */
function oneTry(hasKey: boolean): AuthHandlerMiddleware {
  let isTried = false;
  return (offered, _partial, next) => {
    if (offered === null) return next("none");
    // The types leave out that `false` ends the login.
    if (isTried) return next(false as unknown as "none");
    isTried = true;
    if (hasKey) return next("publickey");
    return next(offered.includes("password") ? "password" : "keyboard-interactive");
  };
}

/** As OpenSSH shows it: `SHA256:…`. */
function fingerprintOf(key: Buffer) {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function assertKey(privateKey: string, passphrase: string | undefined) {
  const parsed = ssh2.utils.parseKey(privateKey, passphrase);
  if (!(parsed instanceof Error)) return;
  const sentence = /passphrase|encrypted/i.test(parsed.message)
    ? "The private key can't be opened. Enter its passphrase."
    : "This is no private key that can be read. Paste the whole file, from -----BEGIN to END-----.";
  throw new FetchError("login", sentence);
}

/** One conversation: a server that stays silent too long is given up. */
class Session {
  readonly #client: Client;
  readonly #connection: SftpConnection;
  readonly signal: AbortSignal;
  #end: FetchError | null = null;
  #waiting = new Set<(error: unknown) => void>();

  constructor(client: Client, connection: SftpConnection, signal: AbortSignal) {
    this.#client = client;
    this.#connection = connection;
    this.signal = signal;
    const { host, port } = connection;
    client.on("error", (error) => this.#fail(networkFault(error, `${host}:${port}`) ?? this.#broke(error)));
    client.on("close", () => this.#fail(this.#broke()));
    signal.addEventListener("abort", this.#abort);
  }

  /** One question to the server. @throws {FetchError} when the line breaks or nobody answers */
  ask<T>(question: (done: (error: Error | null | undefined, answer: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.signal.aborted) return reject(this.signal.reason);
      if (this.#end) return reject(this.#end);
      const { host, port, timeoutSeconds } = this.#connection;
      const timer = setTimeout(() => {
        const sentence = `${host}:${port} was silent for ${timeoutSeconds} seconds. Try again, or allow more time.`;
        this.#fail(new FetchError("timeout", sentence));
        this.close();
      }, timeoutSeconds * 1000);
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(fail);
        act();
      };
      const fail = (error: unknown) => settle(() => reject(error));
      this.#waiting.add(fail);
      question((error, answer) => settle(() => (error ? reject(this.#inWords(error)) : resolve(answer))));
    });
  }

  close() {
    this.signal.removeEventListener("abort", this.#abort);
    this.#client.end();
    this.#client.destroy();
  }

  #abort = () => {
    for (const fail of [...this.#waiting]) fail(this.signal.reason);
    this.close();
  };

  #fail(error: FetchError) {
    this.#end ??= error;
    for (const fail of [...this.#waiting]) fail(this.#end);
  }

  #broke(cause?: unknown) {
    const { host, port } = this.#connection;
    const sentence = `The connection to ${host}:${port} broke off. It is tried again with the next fetch.`;
    return new FetchError("network", sentence, { cause });
  }

  /** The server's own refusals keep their number for the caller that knows what was asked. */
  #inWords(error: Error) {
    if (this.#end) return this.#end;
    const { host, port } = this.#connection;
    if (/no response|not connected|channel/i.test(error.message)) return this.#broke(error);
    const fault = networkFault(error, `${host}:${port}`);
    if (fault) return fault;
    const sentence = `${host}:${port} answered: ${error.message.slice(0, 200)}. It is tried again.`;
    return Object.assign(new FetchError("server", sentence, { cause: error }), { status: statusOf(error) });
  }
}

async function download(
  session: Session,
  sftp: SFTPWrapper,
  path: string,
  name: string,
  { path: target, startAt, onBytes }: DownloadTarget,
) {
  const handle = await session
    .ask<Buffer>((done) => sftp.open(path, "r", done))
    .catch((error: unknown) => {
      if (!isStatus(error, 2, 3)) throw error;
      throw new FetchError("file", `The server doesn't hand out ${name}. Ask for the right to read it.`, {
        cause: error,
      });
    });
  const bytes = readInOrder(session, sftp, handle, startAt, onBytes);
  await pipeline(Readable.from(bytes), createWriteStream(target, { flags: "a" }), { signal: session.signal });
  await session.ask((done) => sftp.close(handle, (error) => done(error, undefined)));
}

async function* readInOrder(
  session: Session,
  sftp: SFTPWrapper,
  handle: Buffer,
  startAt: number,
  onBytes: (bytes: number) => void,
) {
  const ahead: { at: number; bytes: Promise<Buffer> }[] = [];
  let next = startAt;
  const askFor = (at: number, length: number) => {
    const bytes = readAt(session, sftp, handle, at, length);
    // It is awaited in its turn; until then its failure is nobody's.
    bytes.catch(() => undefined);
    return { at, bytes };
  };
  while (true) {
    while (ahead.length < READS_AHEAD) {
      ahead.push(askFor(next, READ_BYTES));
      next += READ_BYTES;
    }
    const first = ahead.shift();
    if (!first) return;
    const bytes = await first.bytes;
    if (bytes.length === 0) return;
    onBytes(bytes.length);
    yield bytes;
    // A short answer is not the end: what is missing of it is asked for before what comes behind it.
    if (bytes.length < READ_BYTES) {
      ahead.length = 0;
      next = first.at + bytes.length;
    }
  }
}

/** Empty at the file's end. */
async function readAt(session: Session, sftp: SFTPWrapper, handle: Buffer, at: number, length: number) {
  const buffer = Buffer.alloc(length);
  try {
    const bytesRead = await session.ask<number>((done) => sftp.read(handle, buffer, 0, length, at, done));
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (isStatus(error, 1)) return Buffer.alloc(0);
    throw error;
  }
}

function listed({ filename, attrs }: FileEntryWithStats): ListedFile {
  const modifiedAt = new Date(attrs.mtime * 1000);
  return { name: filename, bytes: attrs.size, modifiedAt, stamp: String(attrs.mtime) };
}

function statusOf(error: unknown) {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : null;
}

/** SFTP's own numbers: 1 end of file, 2 no such file, 3 permission denied. */
function isStatus(error: unknown, ...numbers: number[]) {
  return error instanceof FetchError && "status" in error && numbers.includes(Number(error.status));
}

function folderFault({ folder, host }: SftpConnection, cause: unknown) {
  const sentence = `There is no folder ${folder || "to begin with"} on ${host}, or ${host} doesn't show it. Check the folder.`;
  return new FetchError("folder", sentence, { cause });
}

function loginFault(connection: SftpConnection, shown: string | null, error: Error & { level?: string }) {
  const { host, port, user, hostKey, timeoutSeconds } = connection;
  if (hostKey !== null && shown !== null && shown !== hostKey) {
    const sentence = `${host} shows another host key (${shown}) than the one saved (${hostKey}). Nothing was sent. If its owner renewed it, forget the saved key and test again; else somebody may stand in between.`;
    return new FetchError("host_key", sentence);
  }
  if (error.level === "client-authentication") {
    const what = connection.login === "key" ? "private key" : "password";
    return new FetchError("login", `${host} refused the login of ${user}. Check user name and ${what}.`);
  }
  const place = `${host}:${port}`;
  if (error.level === "client-timeout" || /timed out/i.test(error.message)) {
    return new FetchError(
      "timeout",
      `${place} did not answer within ${timeoutSeconds} seconds. Check the port and the firewall.`,
    );
  }
  return (
    networkFault(error, place) ??
    new FetchError("network", `${place} doesn't speak SFTP: ${error.message.slice(0, 200)}. Check the port.`)
  );
}
