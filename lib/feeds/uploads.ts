import "server-only";
import { createWriteStream, statSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formatBytes } from "@/lib/format";
import { legacyParameters } from "@/lib/icons/legacy/legacy-parameters";
import { runMetadata } from "@/lib/sync/run-metadata";
import { UPLOAD_KINDS, type UploadKind } from "./upload-kinds";

/** The largest file taken through the browser; larger ones go into a folder on the server. */
export const UPLOAD_LIMIT_BYTES = 4_000_000_000;
/** An upload that no import took, or is to take, is removed after a day, in milliseconds. */
const KEPT_FOR_MS = 86_400_000;

export interface Upload {
  uploadId: string;
  name: string;
  bytes: number;
}

/**
 * Writes an upload to disk as it comes in, never holding it. The import takes it by its id.
 * `expectedBytes` is what the sender announced: less means the line broke.
 * @throws {AppError} `invalid_input` for a name that is no feed file's, an empty or a cut file; `too_large`
 */
export async function receiveUpload(
  actor: Actor,
  upload: { name: string; stream: Readable; expectedBytes: number | null; kind?: UploadKind },
): Promise<Upload> {
  const { name, stream, expectedBytes, kind = "feed" } = upload;
  assertCan(actor, UPLOAD_KINDS[kind].permission);
  const fileName = basename(name).replace(/[^\p{L}\p{N}._ -]+/gu, "_");
  if (!UPLOAD_KINDS[kind].endings.test(fileName)) {
    throw new AppError("invalid_input", `${fileName} is ${UPLOAD_KINDS[kind].isOther}`);
  }
  if (expectedBytes !== null) assertSize(fileName, expectedBytes);
  await removeForgotten();
  const uploadId = uuid();
  const folder = uploadFolder(uploadId);
  await mkdir(folder, { recursive: true });
  let bytes = 0;
  try {
    await pipeline(
      stream,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          bytes += chunk.length;
          assertSize(fileName, bytes);
          yield chunk;
        }
      },
      createWriteStream(join(folder, fileName)),
    );
    if (bytes === 0) throw new AppError("invalid_input", `${fileName} is empty. Choose the file again.`);
    if (expectedBytes !== null && bytes !== expectedBytes) {
      const got = `${formatBytes(bytes)} of ${formatBytes(expectedBytes)}`;
      throw new AppError("invalid_input", `Only ${got} of ${fileName} arrived. Upload it again.`);
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { uploadId, name: fileName, bytes };
}

/**
 * Where uploads lie, for the import that takes them.
 * @throws {AppError} `not_found` when one was removed meanwhile
 */
export async function uploadedFiles(actor: Actor, uploadIds: string[]): Promise<{ path: string; name: string }[]> {
  assertCan(actor, "feed:run");
  return Promise.all(
    uploadIds.map(async (id) => {
      const folder = uploadFolder(z.uuid().parse(id));
      const names = await readdir(folder).catch((error: unknown) => {
        throw new AppError("not_found", "An uploaded file is gone. Upload it again.", { cause: error });
      });
      const [name] = names;
      if (!name) throw new AppError("not_found", "An uploaded file is gone. Upload it again.");
      return { path: join(folder, name), name };
    }),
  );
}

function uploadFolder(uploadId: string) {
  return join(env().dataFolder, "feeds", "uploads", uploadId);
}

function assertSize(name: string, bytes: number) {
  if (bytes <= UPLOAD_LIMIT_BYTES) return;
  const limit = formatBytes(UPLOAD_LIMIT_BYTES);
  throw new AppError("too_large", `${name} is larger than ${limit}. Put it into a folder on the server instead.`);
}

async function removeForgotten() {
  const folder = join(env().dataFolder, "feeds", "uploads");
  await mkdir(folder, { recursive: true });
  const awaited = await awaitedFolders();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Absent, where another upload cleared it away just now.
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || awaited.has(path) || Date.now() - found.mtimeMs <= KEPT_FOR_MS) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** Where the files lie that runs and imports of icons are still to read, however long those wait for a worker. */
async function awaitedFolders(): Promise<Set<string>> {
  const runs = await db.syncHistory.findMany({
    where: { status: { in: ["pending", "running"] } },
    select: { metadata: true },
  });
  const jobs = await db.job.findMany({
    where: { jobType: "icons.import", status: { in: ["pending", "running", "paused"] } },
    select: { parameters: true },
  });
  return new Set([
    ...runs.flatMap(({ metadata }) => runMetadata.parse(metadata ?? {}).input.map(({ path }) => dirname(path))),
    ...jobs.flatMap(({ parameters }) => legacyParameters.parse(parameters).uploads.map(uploadFolder)),
  ]);
}
