import "server-only";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { selectRows } from "@/lib/db/bulk";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

const UUID_LENGTH = 36;

/**
 * What an endpoint answered and the database does not know yet, one file for each call, named by its key: a process that
 * dies in between finds it again, and nobody pays twice.
 */
function answersFolder() {
  return join(env().dataFolder, "icon-answers");
}

/** On the disk, whole, when this returns. */
export async function keepAnswer(callKey: string, bytes: Uint8Array) {
  await mkdir(answersFolder(), { recursive: true });
  const path = answerPath(callKey);
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

/** The answer that came before the process died; null where none did. */
export async function keptAnswer(callKey: string): Promise<Buffer | null> {
  try {
    return await readFile(answerPath(callKey));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

export async function dropAnswer(callKey: string) {
  await rm(answerPath(callKey), { force: true });
}

/** Takes away what was settled by a process that died before it could. */
export async function dropSettledAnswers() {
  await mkdir(answersFolder(), { recursive: true });
  const names = await readdir(answersFolder());
  const ids = names.map((name) => name.slice(0, UUID_LENGTH));
  const open = await selectRows<{ id: string }>(
    db,
    "IconGeneration",
    `"IconGeneration"."id"`,
    "id",
    [...new Set(ids)],
    `"IconGeneration"."status" IN ('waiting', 'running', 'skipped')`,
  );
  const kept = new Set(open.map(({ id }) => id));
  for (const name of names) if (!kept.has(name.slice(0, UUID_LENGTH))) await dropAnswer(name);
}

function answerPath(callKey: string) {
  return join(answersFolder(), callKey);
}
