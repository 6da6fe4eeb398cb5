import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "@/lib/jobs/enqueue";
import { log } from "@/lib/log";
import { legacyJob } from "./legacy-job";
import { legacyPlaces } from "./legacy-places";
import { STORE_FILE } from "./legacy-store";

/** Configuration: of each place, what its store was like when it was last put on the queue. */
const KEY = "icons.legacy-stores";
const seenStores = z.record(z.string(), z.string());

/** By place, as this process saw it last: what did not change is not read again. */
const stamps = new Map<string, string>();

/**
 * Puts the import of what an earlier system left in the usual places on the queue: once for each state of a store,
 * whoever looks and however often.
 */
export async function takeFoundStores() {
  for (const { path, stamp } of await legacyPlaces()) {
    if (stamp === null || stamps.get(path) === stamp) continue;
    const hash = await hashOf(path).catch((error: unknown) => {
      // A store that can't be read keeps no worker from its other work; it is looked at again when it changed.
      log.error("icons.legacy-store-unreadable", error, { path });
      return null;
    });
    if (hash !== null) await takeOnce(path, hash);
    stamps.set(path, stamp);
  }
}

async function takeOnce(path: string, hash: string) {
  const jobId = await transaction(async (tx) => {
    await lockName(tx, "job queue");
    const stored = await tx.configuration.findUnique({ where: { key: KEY }, select: { value: true } });
    const seen = seenStores.parse(JSON.parse(stored?.value ?? "{}"));
    if (seen[path] === hash) return null;
    const value = JSON.stringify({ ...seen, [path]: hash });
    const about = { dataType: "json", category: "icons", description: "Icon stores of an earlier system taken over." };
    await tx.configuration.upsert({ where: { key: KEY }, create: { key: KEY, value, ...about }, update: { value } });
    return enqueue(tx, SYSTEM, legacyJob, { path });
  });
  if (jobId) log.info("icons.legacy-store-found", { path, jobId });
}

async function hashOf(path: string): Promise<string> {
  const file = (await stat(path)).isDirectory() ? join(path, STORE_FILE) : path;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}
