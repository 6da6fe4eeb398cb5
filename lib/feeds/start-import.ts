import "server-only";
import { z } from "zod";
import { type Actor, assertCan, can } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { FeedKind } from "@/prisma/generated/sqlite/enums";
import { listFolderFiles } from "./list-folder";
import { createFeedSource, requestFeedImport } from "./mutations";
import { uploadedFiles } from "./uploads";

/** What the import form asks for. */
export const importInput = z.object({
  source: z.discriminatedUnion("type", [
    z.object({ type: z.literal("known"), id: z.uuid() }),
    z.object({
      type: z.literal("new"),
      name: z.string().trim().min(2, "Give the feed a name, like its supplier's.").max(80),
      kind: z.enum(FeedKind),
    }),
  ]),
  input: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("upload"),
      uploadIds: z.array(z.uuid()).min(1, "Choose at least one file.").max(500),
    }),
    z.object({ type: z.literal("folder"), path: z.string().trim().min(1, "Enter the folder's path on the server.") }),
  ]),
  dryRun: z.boolean(),
  autoApprove: z.boolean(),
});
export type ImportInput = z.output<typeof importInput>;

/**
 * Starts an import from uploads or a folder on the server, making the feed's source when it is a new one.
 * @throws {AppError} `invalid_input` when there is nothing to read; `conflict` when the new source's name is taken
 */
export async function startImport(actor: Actor, { source, input, dryRun, autoApprove }: ImportInput) {
  assertCan(actor, "feed:run");
  if (autoApprove && !can(actor, "sync:review")) {
    throw new AppError("forbidden", "Your role can't apply changes without review.");
  }
  const files = await filesOf(actor, input);
  const sourceId = source.type === "known" ? source.id : await makeSource(actor, source, input);
  return requestFeedImport(actor, { sourceId, files, dryRun, autoApprove: autoApprove && !dryRun });
}

async function filesOf(actor: Actor, input: ImportInput["input"]) {
  if (input.type === "upload") return uploadedFiles(actor, input.uploadIds);
  // A folder that is wrong is told now, not by a failed run.
  await listFolderFiles(actor, input.path);
  return [{ path: input.path, name: input.path }];
}

async function makeSource(
  actor: Actor,
  { name, kind }: Extract<ImportInput["source"], { type: "new" }>,
  input: ImportInput["input"],
) {
  const connection =
    input.type === "folder" ? { type: "folder" as const, path: input.path } : { type: "upload" as const };
  return (await createFeedSource(actor, { name, kind, connection })).id;
}
