import "server-only";
import { join } from "node:path";
import { recordAudit } from "@/lib/audit";
import { type Actor, SYSTEM } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { env } from "@/lib/env";
import { formatBytes, formatPlural } from "@/lib/format";
import type { JobContext } from "@/lib/jobs/define-job";
import { notifyFetchFailure } from "@/lib/notifications/notify-fetch";
import { recordFile } from "@/lib/sync/receive-files";
import type { FeedFetch, FeedSource } from "@/prisma/generated/sqlite/client";
import type { FetchOutcome } from "@/prisma/generated/sqlite/enums";
import { type ArchivedFile, feedHash } from "../archive";
import { parseConnection } from "../connection";
import { createImportRun } from "../mutations";
import type { FetchedFile } from "./fetch-files";

/** A source that was not ready is looked at again so soon, in milliseconds, unless its schedule is sooner. */
const LOOK_AGAIN_MS = 5 * 60_000;

export interface ReceivedFile extends ArchivedFile {
  displayName: string;
  modifiedAt: Date | null;
}

interface Settling {
  fetch: FeedFetch & { source: FeedSource };
  files: ReceivedFile[];
  force: boolean;
  hostKey: string | null;
}

/** Decides whether what came is new; if so, its run and job are made in the transaction that says so. */
export async function settleFetch({ fetch, files, force, hostKey }: Settling, context: JobContext) {
  const { source } = fetch;
  for (const file of files) await recordFile(source.id, file);
  const inputHash = feedHash(files.map((file) => file.hash));
  const actor = await actorOf(fetch);
  return transaction(async (tx) => {
    await context.assertHeld(tx);
    await lockName(tx, "run numbers");
    if (hostKey) await pinHostKey(tx, source, hostKey);
    const same = force ? null : await sameRun(tx, source.id, inputHash);
    const run = same
      ? null
      : await createImportRun(tx, actor, source, {
          files: files.map(({ storagePath, name }) => ({ path: join(env().dataFolder, storagePath), name })),
          dryRun: false,
          autoApprove: false,
          force,
          inputHash,
          trigger: fetch.trigger === "schedule" ? "schedule" : "manual",
        });
    const outcome = run ? ("received" as const) : ("unchanged" as const);
    const message = run ? receivedWords(files, run.number) : unchangedWords(files, same);
    const row: FetchedFile[] = files.map(({ name, displayName, bytes, hash, modifiedAt }) => {
      return { name, displayName, bytes, hash, modifiedAt: modifiedAt?.toISOString() ?? null };
    });
    await tx.feedFetch.update({
      where: { id: fetch.id },
      data: { outcome, message, files: row.map((file) => ({ ...file })), runId: run?.runId, finishedAt: new Date() },
      select: { id: true },
    });
    return { outcome, message, number: run?.number ?? null };
  });
}

/** Ends a fetch that brought nothing. One that has ended already stays as it is. */
export async function endFetch(
  fetchId: string,
  { outcome, message }: { outcome: FetchOutcome; message: string },
  context?: JobContext,
) {
  await transaction(async (tx) => {
    await context?.assertHeld(tx);
    const { count } = await tx.feedFetch.updateMany({
      where: { id: fetchId, outcome: "running" },
      data: { outcome, message, finishedAt: new Date() },
    });
    if (count > 0 && outcome === "failed") await notifyFetchFailure(tx, fetchId);
    if (count === 0 || outcome !== "waiting") return;
    const soon = new Date(Date.now() + LOOK_AGAIN_MS);
    await tx.feedSource.updateMany({
      where: { fetches: { some: { id: fetchId, trigger: "schedule" } }, nextFetchAt: { gt: soon } },
      data: { nextFetchAt: soon },
    });
  });
}

/** The source's last run, when it read these very files with the mapping in force and did not fail. */
async function sameRun(tx: Tx, sourceId: string, inputHash: string) {
  const [last, mapping] = await Promise.all([
    tx.syncHistory.findFirst({
      where: {
        feedSourceId: sourceId,
        isDryRun: false,
        undoesRunId: null,
        retriesRunId: null,
        inputHash: { not: null },
      },
      orderBy: { number: "desc" },
      select: { number: true, inputHash: true, status: true, mappingVersion: true, startedAt: true },
    }),
    tx.feedMapping.findFirst({ where: { sourceId }, orderBy: { version: "desc" }, select: { version: true } }),
  ]);
  if (last?.inputHash !== inputHash || last.status === "failed") return null;
  // One that has not begun reads with the mapping it finds then.
  if (last.startedAt && last.mappingVersion !== (mapping?.version ?? null)) return null;
  return last;
}

/** The key a server shows first is the one it is held to from then on. */
async function pinHostKey(tx: Tx, source: FeedSource, hostKey: string) {
  const connection = parseConnection(source.connection);
  if (connection.type !== "sftp" || connection.hostKey !== null) return;
  const { count } = await tx.feedSource.updateMany({
    where: { id: source.id, version: source.version },
    data: { connection: { ...connection, hostKey }, version: { increment: 1 } },
  });
  if (count === 0) return;
  await recordAudit(
    tx,
    SYSTEM,
    "feed.pin-host-key",
    { entity: "FeedSource", entityId: source.id },
    { after: { hostKey } },
  );
}

function receivedWords(files: ReceivedFile[], number: number) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return `${formatPlural(files.length, "file")}, ${formatBytes(bytes)}, handed to run ${number}.`;
}

const SINCE: Record<string, string> = {
  cancelled: ", which was cancelled or rejected",
  reverted: ", which was undone",
  review: ", which waits for review",
};

function unchangedWords(files: ReceivedFile[], same: { number: number; status: string } | null) {
  const what = files.length === 1 ? "The same file" : `The same ${files.length} files`;
  return `${what} as run ${same?.number ?? 0}${SINCE[same?.status ?? ""] ?? ""}: nothing to import.`;
}

/** Whoever pressed the button, or the schedule. */
async function actorOf(fetch: FeedFetch): Promise<Actor> {
  if (!fetch.userId) return fetch.trigger === "schedule" ? { kind: "system", name: "schedule" } : SYSTEM;
  const user = await db.user.findUnique({ where: { id: fetch.userId } });
  if (!user) return SYSTEM;
  const { id: userId, email, username: name, role } = user;
  return { kind: "user", userId, email, name, role, sessionId: null, scopes: ["read", "write"] };
}
