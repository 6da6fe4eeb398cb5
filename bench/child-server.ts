import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** A server's process, that is up and is to be stopped. */
export interface ChildServer {
  stop: () => Promise<void>;
}

/** Starts a script of Node and waits until it says `ready` on its output. @throws {Error} when it ends before */
export async function startServer(
  script: string,
  options: { args?: string[]; cwd: string; env: NodeJS.ProcessEnv; ready: string; withinMs: number },
): Promise<ChildServer> {
  const { args = [], cwd, env, ready, withinMs } = options;
  const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    await Promise.race([
      untilSaid(child, ready, withinMs),
      ended.then(([code]) => {
        throw new Error(`${script} ended while starting (code ${code}).`);
      }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function untilSaid(child: ChildProcess, words: string, withinMs: number) {
  if (!child.stdout) return;
  const signal = AbortSignal.timeout(withinMs);
  let said = "";
  while (!said.includes(words)) {
    const [chunk] = await once(child.stdout, "data", { signal });
    said += String(chunk);
  }
  // Nobody reads on, and a full pipe would hold the server up.
  child.stdout.resume();
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
