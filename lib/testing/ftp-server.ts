import type { EventEmitter } from "node:events";
import { createReadStream, statSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { FileSystem, type FtpConnection, FtpSrv } from "ftp-srv";
import type { Faults } from "./server-faults";

interface Options {
  root: string;
  user: string;
  password: string;
  tls?: { key: string; cert: string };
  isImplicit?: boolean;
  faults?: Faults;
}

/** What the server has beside what its types tell. */
type Server = FtpSrv & {
  getNextPasvPort?: () => Promise<number>;
  connections?: Record<string, { commandSocket?: Socket }>;
};

/** A real FTP server of this machine, with things going wrong where `faults` says so. */
export async function startFtpServer({ root, user, password, tls, isImplicit = false, faults = () => null }: Options) {
  const port = await freePort();
  // Each server listens to the process's signals, and a test file starts dozens.
  process.setMaxListeners(0);
  const state = { faults, logins: 0, commands: [] as string[] };
  const server: Server = new FtpSrv({
    url: `${isImplicit ? "ftps" : "ftp"}://127.0.0.1:${port}`,
    pasv_url: "127.0.0.1",
    tls: tls ?? false,
    log: silentLog((command) => state.commands.push(command)),
  });
  const nextPort = server.getNextPasvPort;
  server.getNextPasvPort = () =>
    state.faults("passive", 0)
      ? Promise.reject(new Error("no passive port is free"))
      : (nextPort?.() ?? Promise.resolve(0));
  server.on("login", ({ connection, username, password: given }, resolve, reject) => {
    state.logins += 1;
    if (state.faults("login", 0) || username !== user || given !== password) reject(new Error("Login incorrect"));
    else resolve({ fs: new FaultyFileSystem(connection, root, () => state.faults) });
  });
  // A line that breaks is what the tests are about.
  (server as EventEmitter).on("client-error", () => undefined);
  (server as EventEmitter).on("server-error", () => undefined);
  await server.listen();
  return {
    port,
    state,
    close: async () => {
      for (const connection of Object.values(server.connections ?? {})) connection.commandSocket?.destroy();
      await server.close();
    },
  };
}

class FaultyFileSystem extends FileSystem {
  readonly #root: string;
  readonly #faults: () => Faults;

  constructor(connection: FtpConnection, root: string, faults: () => Faults) {
    super(connection, { root, cwd: "/" });
    this.#root = root;
    this.#faults = faults;
  }

  override async list(path?: string) {
    const fault = this.#faults()("list", 0);
    if (fault?.is === "refuse") throw new Error("listing failed");
    const files = await super.list(path);
    if (fault?.is === "size") for (const file of files) file.size = Math.max(1, file.size + fault.by);
    return files;
  }

  override async read(name: string, { start = 0 }: { start?: number } = {}) {
    const path = join(this.#root, this.cwd, name);
    const { size } = statSync(path);
    const fault = this.#faults()("read", Math.max(1, size - start));
    if (!fault || fault.is === "size") return { stream: createReadStream(path, { start }), clientPath: name };
    if (fault.is === "refuse") throw new Error("reading failed");
    return { stream: Readable.from(faulty(path, start, fault)), clientPath: name };
  }
}

async function* faulty(path: string, start: number, fault: { is: "cut" | "stall"; after: number; quiet?: boolean }) {
  if (fault.after > 0) {
    for await (const chunk of createReadStream(path, { start, end: start + fault.after - 1 })) yield chunk as Buffer;
  }
  if (fault.is === "stall") await new Promise(() => undefined);
  if (!fault.quiet) throw new Error("the line broke");
}

async function freePort() {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo; // a TCP server's address is one
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The server logs each command it gets: the one thing of its log that tests look at. */
function silentLog(onCommand: (command: string) => void) {
  const nothing = () => undefined;
  const log = {
    trace: (facts: unknown) => {
      if (typeof facts === "object" && facts && "command" in facts) onCommand(JSON.stringify(facts.command));
    },
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    child: () => log,
  };
  return log;
}
