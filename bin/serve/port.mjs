import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "../setup/refusal.mjs";

/** How long a port may still be held by an instance that is just ending, in milliseconds. */
const PATIENCE_MS = 1_500;

/** Ends with a sentence when nothing can listen on the address. */
export async function requireFreePort(host, port) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const code = await tryToListen(host, port);
    if (!code) return;
    if (code !== "EADDRINUSE" || Date.now() > deadline) throw new Refusal(reason(code, host, port));
    await sleep(250);
  }
}

function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function reason(code, host, port) {
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop what uses it, or start on another: PORT=${port + 1} npm start`;
  if (code === "EACCES") return `Port ${port} may not be opened by this user. Start on another: PORT=3000 npm start`;
  return `Nothing can listen on ${host}, port ${port} (${code}). Correct STOCKROOM_HOST or PORT and start again.`;
}

/** Resolves when the web server answers at all, whatever it says. Rejects when `signal` aborts. */
export async function untilAnswered(url, signal) {
  for (;;) {
    signal.throwIfAborted();
    const isUp = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
}
