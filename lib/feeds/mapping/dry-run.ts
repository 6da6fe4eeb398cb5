import "server-only";
import { join } from "node:path";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requestFeedImport } from "../mutations";

export const dryRunInput = z.object({ sourceId: z.uuid() });

/**
 * Asks for a preview of what the saved mapping would change with the files the source sent last; nothing is applied.
 * @throws {AppError} `not_found` when no file is kept
 */
export async function requestDryRun(actor: Actor, { sourceId }: z.output<typeof dryRunInput>) {
  assertCan(actor, "feed:run");
  const files = await lastFiles(sourceId);
  const { number } = await requestFeedImport(actor, { sourceId, files, dryRun: true, autoApprove: false });
  return { number };
}

/** What the last run read, or the one file that came since. */
export async function lastFiles(sourceId: string): Promise<{ path: string; name: string }[]> {
  const select = { id: true, name: true, storagePath: true, prunedAt: true, createdAt: true } as const;
  const [run, newest] = await Promise.all([
    db.syncHistory.findFirst({
      where: { feedSourceId: sourceId, files: { some: { feedFile: { prunedAt: null } } } },
      orderBy: { number: "desc" },
      select: { createdAt: true, files: { select: { feedFile: { select } } } },
    }),
    db.feedFile.findFirst({
      where: { sourceId, prunedAt: null },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select,
    }),
  ]);
  const read = (run?.files ?? []).flatMap(({ feedFile }) => (feedFile && !feedFile.prunedAt ? [feedFile] : []));
  const isNewer = newest && (!run || newest.createdAt > run.createdAt) && !read.some((file) => file.id === newest.id);
  const files = isNewer ? [newest] : read;
  if (files.length === 0) {
    throw new AppError("not_found", "This source has no file in the archive. Upload or fetch one first.");
  }
  const distinct = new Map(files.map((file) => [file.id, file]));
  return [...distinct.values()].map(({ storagePath, name }) => ({ path: join(env().dataFolder, storagePath), name }));
}
