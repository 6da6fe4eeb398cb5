import "server-only";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { selectRows } from "@/lib/db/bulk";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { callKey } from "./call-key";

const UUID_LENGTH = 36;
const SENT = ".sent";

/**
 * What an endpoint was asked and what it answered, as far as the database does not know yet; each call's files are named
 * by its key. A process that dies in between finds them again, and nobody pays twice unknowingly.
 */
function answersFolder() {
  return join(env().dataFolder, "icon-answers");
}

/** Says that a call is about to be made: from now on it may be charged for. On the disk when this returns. */
export function noteCall(key: string, host: string) {
  return keep(`${key}${SENT}`, Buffer.from(host));
}

/** The host that was called and whose answer never came; null where no call is open. */
export async function openCall(key: string): Promise<string | null> {
  return (await readIfThere(`${key}${SENT}`))?.toString() ?? null;
}

/** Says that a call made nothing, or that what it made is known. */
export async function closeCall(key: string) {
  await rm(join(answersFolder(), `${key}${SENT}`), { force: true });
}

/** On the disk, whole, when this returns. */
export function keepAnswer(key: string, bytes: Uint8Array) {
  return keep(key, bytes);
}

/** The answer that came before the process died; null where none did. */
export function keptAnswer(key: string): Promise<Buffer | null> {
  return readIfThere(key);
}

export async function dropAnswer(key: string) {
  await rm(join(answersFolder(), key), { force: true });
}

/** Takes away what was settled by a process that died before it could. */
export async function dropSettledAnswers() {
  await mkdir(answersFolder(), { recursive: true });
  const names = await readdir(answersFolder());
  const ids = names.map((name) => name.slice(0, UUID_LENGTH));
  const unsettled = await selectRows<{ id: string; attempts: number }>(
    db,
    "IconGeneration",
    `"IconGeneration"."id", "IconGeneration"."attempts"`,
    "id",
    [...new Set(ids)],
    `"IconGeneration"."status" <> 'succeeded'`,
  );
  const kept = new Set(unsettled.map((generation) => callKey(generation)));
  for (const name of names) if (!kept.has(name.replace(SENT, ""))) await dropAnswer(name);
}

async function keep(name: string, bytes: Uint8Array) {
  await mkdir(answersFolder(), { recursive: true });
  const path = join(answersFolder(), name);
  const file = await open(`${path}.part`, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
  const folder = await open(answersFolder());
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readIfThere(name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(answersFolder(), name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
