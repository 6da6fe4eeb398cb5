// The built application as `npm start` runs it, on a data folder of the bench's own.
import { join } from "node:path";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { setPassword } from "@/lib/users/change-user";
import { ensureFirstUsers } from "@/lib/users/first-users";
import { freePort, startServer } from "./child-server";

const ADMIN = "admin@stockroom.local";
const PASSWORD = "stockroom-bench";
/** A first start builds the pages, in milliseconds. */
const START_MS = 600_000;
const ROOT = join(import.meta.dirname, "..");

export interface Application {
  url: string;
  /** Of a signed-in admin. */
  cookie: string;
  stop: () => Promise<void>;
}

/** Lets `lib` in this process work on that folder's catalogue; to be called before anything is asked of it. */
export function chooseDataFolder(data: string) {
  Object.assign(process.env, settings(data));
}

function settings(data: string) {
  return {
    STOCKROOM_DATA: data,
    STOCKROOM_DEMO: "off",
    DATABASE_URL: "",
    DB_HOST: "",
    AUTH_URL: "",
  };
}

/** Starts web and worker, and signs in. Call `chooseDataFolder` first. @throws {Error} when the start fails */
export async function startApplication(data: string): Promise<Application> {
  await openDoor();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { stop } = await startServer(join(ROOT, "bin/start.mjs"), {
    cwd: ROOT,
    env: { ...process.env, ...settings(data), PORT: String(port) },
    ready: "Stockroom is ready at",
    withinMs: START_MS,
  });
  try {
    return { url, cookie: await signIn(url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The import may have made an admin already, with a password that it told nobody. */
async function openDoor() {
  await ensureFirstUsers();
  const { id } = await db.user.findUniqueOrThrow({ where: { email: ADMIN }, select: { id: true } });
  await setPassword(SYSTEM, { userId: id, password: PASSWORD });
}

async function signIn(url: string) {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken }: { csrfToken: string } = await csrf.json();
  const form = { csrfToken, login: ADMIN, password: PASSWORD, json: "true" };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookieOf(csrf) },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  const cookie = cookieOf(answer);
  if (!cookie.includes("session-token")) {
    throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`);
  }
  return cookie;
}

function cookieOf(answer: Response) {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0] ?? "")
    .join("; ");
}
