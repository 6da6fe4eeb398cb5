import "server-only";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";

/**
 * What an endpoint answered and the database does not know yet, one file for each picture asked for, named by it: a
 * process that dies in between finds it again, and nobody pays twice.
 */
function answersFolder() {
  return join(env().dataFolder, "icon-answers");
}

/** On the disk, whole, when this returns. */
export async function keepAnswer(generationId: string, bytes: Uint8Array) {
  await mkdir(answersFolder(), { recursive: true });
  const path = answerPath(generationId);
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
export async function keptAnswer(generationId: string): Promise<Buffer | null> {
  try {
    return await readFile(answerPath(generationId));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

export async function dropAnswer(generationId: string) {
  await rm(answerPath(generationId), { force: true });
}

function answerPath(generationId: string) {
  return join(answersFolder(), generationId);
}
