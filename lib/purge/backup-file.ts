import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { engine } from "@/lib/db/client";
import { migrationNames, migrationsFolder } from "@/lib/db/migrations-folder";
import { env } from "@/lib/env";

/** Where a line of a backup stands: a gzip member of its own, read without the others. In bytes. */
export interface BackupPlace {
  offset: number;
  length: number;
}

/** Where a run's deleted products are kept, relative to the data folder. */
export function backupName(run: number): string {
  return join("backups", "deleted", `run-${run}.ndjson.gz`);
}

export function backupPath(file: string): string {
  return join(env().dataFolder, file);
}

/**
 * A backup as it is written: lines of JSON, each a gzip member; all of them are one .gz file, which `zcat` reads. It has
 * its name once it is whole and on the disk.
 */
export class BackupWriter {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Begins a run's backup, whatever an earlier try left of it. */
  static async begin(run: number): Promise<BackupWriter> {
    const path = backupPath(backupName(run));
    await mkdir(dirname(path), { recursive: true });
    const writer = new BackupWriter(path, await open(`${path}.tmp`, "w", 0o600));
    const migration = migrationNames(migrationsFolder(engine())).at(-1);
    const head = { format: "stockroom deleted products", version: 1, at: new Date().toISOString(), migration, run };
    await writer.append([JSON.stringify(head)]);
    return writer;
  }

  async append(lines: string[]): Promise<BackupPlace[]> {
    const members = lines.map((line) => gzipSync(`${line}\n`));
    const places = members.map(({ length }) => {
      const place = { offset: this.#bytes, length };
      this.#bytes += length;
      return place;
    });
    const bytes = Buffer.concat(members);
    this.#hash.update(bytes);
    await this.handle.appendFile(bytes);
    return places;
  }

  /** Puts it on the disk, under its name. */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    await this.handle.sync();
    await this.handle.close();
    await rename(`${this.path}.tmp`, this.path);
    const folder = await open(dirname(this.path), "r");
    await folder.sync().finally(() => folder.close());
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  /** Leaves nothing of it. */
  async discard() {
    await this.handle.close().catch(() => undefined); // closed already, or of a full disk: it goes anyway
    await rm(`${this.path}.tmp`, { force: true });
  }
}

/** Reads these lines of a backup. @throws {Error} where the file is gone, cut or not what was written */
export async function readLines(file: string, places: readonly BackupPlace[]): Promise<string[]> {
  const handle = await open(backupPath(file), "r");
  try {
    const lines: string[] = [];
    for (const { offset, length } of places) {
      const member = Buffer.alloc(length);
      await handle.read(member, 0, length, offset);
      lines.push(gunzipSync(member).toString("utf8"));
    }
    return lines;
  } finally {
    await handle.close();
  }
}

/** The SHA-256 of a backup as it lies on the disk, hex; null where there is none. */
export async function backupHash(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(backupPath(file), { highWaterMark: 2 ** 20 })) hash.update(chunk);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  return hash.digest("hex");
}
