import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { runMetadata } from "@/lib/sync/run-metadata";
import { isFetched, parseConnection } from "./connection";

/** What a person gives to import a feed. */
export const importParameters = z.object({
  source: chosen("source", "Feed"),
  uploads: z
    .array(z.uuid("An upload's id."))
    .max(500, "Upload at most 500 files.")
    .default([])
    .meta({ title: "Files", description: "Zip, CSV, TXT, JSON or gzip.", control: "uploads" }),
  path: z.string().trim().max(1_000, "Shorten this to 1,000 characters.").default("").meta({
    title: "Place on the server",
    description: "A file, or a folder that holds the feed's files. Without files and place: the feed's own folder.",
    control: "path",
  }),
  dryRun: z
    .boolean()
    .default(false)
    .meta({ title: "Dry run", description: "Shows what would change and changes nothing." }),
  yes: z.boolean().default(false).meta({
    title: "Apply without review",
    description: "Changes go in as they are found. Unusual runs and unclear matches still wait for a person.",
  }),
});

/** @throws {AppError} as `startImport`; `invalid_input` without anything to read */
export async function startImportJob(actor: Actor, given: z.output<typeof importParameters>): Promise<StartedJob> {
  const { startImport } = await import("./start-import");
  const { source: id, uploads, dryRun, yes } = given;
  const input =
    uploads.length > 0
      ? { type: "upload" as const, uploadIds: uploads }
      : { type: "folder" as const, path: given.path || (await folderOf(id)) };
  return startImport(actor, { source: { type: "known", id }, input, dryRun, autoApprove: yes });
}

async function folderOf(sourceId: string): Promise<string> {
  const source = await db.feedSource.findUnique({ where: { id: sourceId } });
  const connection = source && parseConnection(source.connection);
  if (connection && isFetched(connection) && connection.type === "folder") return connection.path;
  const message = "Upload the feed's files, or name the place where they lie on the server.";
  throw new AppError("invalid_input", message, { fields: { uploads: message } });
}

/** What an import was asked for with. */
export async function recallImport({ runId }: { runId: string }) {
  const run = await db.syncHistory.findUnique({ where: { id: runId } });
  if (!run?.feedSourceId) return {};
  const { input, autoApprove } = runMetadata.parse(run.metadata ?? {});
  const [file] = input;
  return {
    source: run.feedSourceId,
    path: input.length === 1 && file ? file.path : "",
    dryRun: run.isDryRun,
    yes: autoApprove ?? false,
  };
}
