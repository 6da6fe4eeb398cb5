import "server-only";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { defineJob, type JobContext, type StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { parseSchedule } from "@/lib/jobs/schedules/cron";
import type { FeedFetch, FeedSource } from "@/prisma/generated/sqlite/client";
import { hashFile, keepFile } from "../archive";
import { type FetchedConnection, isFetched, parseConnection } from "../connection";
import { displayNameOf } from "./fetch-files";
import { pruneArchive } from "./prune-archive";
import { endFetch, type ReceivedFile, settleFetch } from "./settle-fetch";
import { type TakenFile, takeFiles } from "./take-files";
import { verifyFiles } from "./verify-files";

/** Between two reports of a fetch that says nothing new: a person's wish to cancel is seen with them. */
const TICK_MS = 1_000;

/** Looks at a source's server or folder and hands new files to a run. */
export const fetchJob = defineJob({
  name: "feed.fetch",
  displayName: "Fetch a feed",
  description: "Looks at a feed's server or folder and hands new files to a run.",
  group: "Feeds",
  permission: "feed:run",
  stages: ["Connecting", "Testing the files", "Keeping the files"],
  isResumable: false,
  idempotency: "Files that are as they were are not imported again, unless that is asked for.",
  payload: z.object({ fetchId: z.uuid(), force: z.boolean().default(false) }),
  parameters: z.object({
    source: chosen("fetched-source", "Feed"),
    force: z.boolean().default(false).meta({
      title: "Also when nothing changed",
      description: "Imports what is there although it was imported before.",
    }),
  }),
  async start(actor, { source, force }): Promise<StartedJob> {
    const { requestFetch } = await import("./request-fetch");
    return requestFetch(actor, { sourceId: source, force });
  },
  async recall({ fetchId, force }) {
    const fetch = await db.feedFetch.findUnique({ where: { id: fetchId }, select: { sourceId: true } });
    return fetch ? { source: fetch.sourceId, force } : {};
  },
  maxAttempts: 3,
  exclusive: null,
  async handle({ fetchId, force }, context) {
    const fetch = await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId }, include: { source: true } });
    const folder = folderOf(fetchId);
    if (fetch.outcome !== "running") {
      // The worker died between the fetch's end and its job's.
      await rm(folder, { recursive: true, force: true });
      return { fetchId, outcome: fetch.outcome };
    }
    const { source } = fetch;
    const connection = parseConnection(source.connection);
    if (!isFetched(connection)) {
      throw new AppError("conflict", `${source.name} takes uploads: there is nothing to fetch from.`);
    }
    const taken = await take(connection, folder, context);
    if (taken.outcome === "waiting") {
      context.log(taken.message);
      await endFetch(fetchId, { outcome: "waiting", message: taken.message }, context);
      await rm(folder, { recursive: true, force: true });
      return { fetchId, outcome: "waiting" };
    }
    const files = await receive(fetch, taken.files, context);
    const settled = await settleFetch({ fetch, files, force, hostKey: taken.hostKey }, context);
    await rm(folder, { recursive: true, force: true });
    context.log(settled.message);
    await pruneArchive(source.id);
    return { fetchId, ...settled };
  },
  async giveUp({ fetchId }, { status, reason }) {
    // First of all: what came so far may be what filled the disk, and then there is no room to say so.
    await rm(folderOf(fetchId), { recursive: true, force: true });
    await endFetch(fetchId, { outcome: status, message: reason });
  },
  async reopen(tx, { fetchId }) {
    const fetch = await tx.feedFetch.findUniqueOrThrow({ where: { id: fetchId }, select: { sourceId: true } });
    const running = await tx.feedFetch.count({ where: { sourceId: fetch.sourceId, outcome: "running" } });
    if (running > 0) throw new AppError("conflict", "Another fetch of this source is under way. Wait for its end.");
    await tx.feedFetch.updateMany({
      where: { id: fetchId, outcome: { in: ["failed", "cancelled"] } },
      data: { outcome: "running", message: "", finishedAt: null },
    });
  },
});

function folderOf(fetchId: string) {
  return join(env().dataFolder, "feeds", "fetching", fetchId);
}

/** A cancel, a stop of the worker or a lost lease shows when reporting: it ends the transfer at once. */
async function take(connection: FetchedConnection, folder: string, context: JobContext) {
  const abort = new AbortController();
  const signal = AbortSignal.any([context.signal, abort.signal]);
  let current = { stage: "Connecting", done: 0, total: null as number | null };
  let isReporting = false;
  const report = async () => {
    if (isReporting) return;
    isReporting = true;
    try {
      await context.report({ ...current, unit: "bytes" });
    } catch (error) {
      abort.abort(error);
    } finally {
      isReporting = false;
    }
  };
  const ticker = setInterval(() => void report(), TICK_MS);
  try {
    const taken = await takeFiles(connection, folder, {
      signal,
      onProgress: async (stage, done, total) => {
        current = { stage, done, total };
        await report();
      },
      onRetry: (message) => context.log(message),
    });
    signal.throwIfAborted();
    return taken;
  } finally {
    clearInterval(ticker);
  }
}

/** Tests what came, and only then lets it into the archive. */
async function receive(fetch: FeedFetch & { source: FeedSource }, taken: TakenFile[], context: JobContext) {
  const { source } = fetch;
  await context.report({ stage: "Testing the files", done: 0, total: taken.length, unit: "files" });
  const hasMapping = (await db.feedMapping.count({ where: { sourceId: source.id } })) > 0;
  const verified = await verifyFiles({ kind: source.kind, hasMapping }, taken, context.signal);
  const naming = {
    source: source.name,
    isAlone: taken.length === 1,
    at: fetch.startedAt,
    timeZone: parseSchedule(source.schedule)?.timeZone ?? "UTC",
  };
  const files: ReceivedFile[] = [];
  for (const [at, { path, name, bytes, modifiedAt }] of taken.entries()) {
    await context.report({ stage: "Keeping the files", done: at, total: taken.length, unit: "files" });
    const kept = await keepFile({ path, name, bytes, hash: await hashFile(path, context.signal) });
    const displayName = displayNameOf(verified[at] ?? { name, feedEntries: [] }, naming);
    files.push({ ...kept, displayName, modifiedAt });
    context.log(`Received ${name}: ${bytes} bytes, SHA-256 ${kept.hash}`);
  }
  return files;
}
