import "server-only";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import type { FeedRecord } from "../feed-record";
import type { InspectedFile } from "./preview";

/** The first products of a feed whose tables only the worker can join, as its reader told them. */
export interface StoredSample extends InspectedFile {
  records: FeedRecord[];
}

/** Null when the worker has not looked into the source's files yet. */
export async function loadSample(sourceId: string): Promise<StoredSample | null> {
  try {
    const stored = JSON.parse(await readFile(pathOf(sourceId), "utf8")) as StoredSample; // as saveSample wrote it
    return { ...stored, receivedAt: new Date(stored.receivedAt) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

export async function saveSample(sourceId: string, sample: StoredSample) {
  const path = pathOf(sourceId);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(`${path}.part`, JSON.stringify(sample));
  await rename(`${path}.part`, path);
}

function pathOf(sourceId: string) {
  return join(env().dataFolder, "feeds", "samples", `${sourceId}.json`);
}
