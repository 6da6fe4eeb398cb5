import "server-only";
import { join } from "node:path";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { env } from "@/lib/env";
import { statFile, storeFiles } from "@/lib/images/store-files";

/** Rows, or files, looked at together. */
const BATCH = 500;

export interface IconFault {
  iconId: string;
  filename: string;
  what: "its file is gone" | "its file is not whole" | "it stands for a category that is gone";
}

export interface CheckedIcons {
  /** Looked at. */
  count: number;
  faults: IconFault[];
  /** Files that no icon names: the daily clearing removes them once they are a day old. */
  unusedFiles: number;
}

/** Whether every icon has its file and every icon that is shown a category. Changes nothing. */
export async function checkIcons(actor: Actor): Promise<CheckedIcons> {
  assertCan(actor, "catalog:read");
  const faults: IconFault[] = [];
  let count = 0;
  for await (const rows of iconsInParts()) {
    count += rows.length;
    for (const { id: iconId, filename, status, categoryId, ...file } of rows) {
      if (status === "active" && categoryId === null) {
        faults.push({ iconId, filename, what: "it stands for a category that is gone" });
      }
      const what = await fileFault(file);
      if (what) faults.push({ iconId, filename, what });
    }
  }
  return { count, faults, unusedFiles: await countUnused() };
}

/** Icons that are known to have lost their file are no news. */
async function* iconsInParts() {
  for (let after = ""; ; ) {
    const rows = await db.icon.findMany({
      where: { id: { gt: after } },
      select: {
        ...{ id: true, filename: true, status: true, categoryId: true },
        ...{ storagePath: true, fileSize: true, fileMissing: true },
      },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    yield rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function fileFault(file: { storagePath: string; fileSize: number; fileMissing: boolean }) {
  if (file.fileMissing) return null;
  const found = await statFile(join(env().dataFolder, file.storagePath));
  if (!found) return "its file is gone";
  return found.size === file.fileSize ? null : "its file is not whole";
}

async function countUnused(): Promise<number> {
  let unused = 0;
  let batch: string[] = [];
  const look = async () => {
    const rows = await inParts(batch, (part) =>
      db.icon.findMany({ where: { fileHash: { in: part } }, select: { fileHash: true } }),
    );
    const named = new Set(rows.map(({ fileHash }) => fileHash));
    unused += batch.filter((hash) => !named.has(hash)).length;
    batch = [];
  };
  for await (const { fileHash } of storeFiles("icons")) {
    batch.push(fileHash);
    if (batch.length === BATCH) await look();
  }
  await look();
  return unused;
}
