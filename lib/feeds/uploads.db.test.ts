import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { startImport } from "./start-import";
import { receiveUpload, UPLOAD_LIMIT_BYTES, uploadedFiles } from "./uploads";

const manager = actor("manager");
const upload = (name: string, text: string, expectedBytes: number | null = null) =>
  receiveUpload(manager, { name, stream: Readable.from([Buffer.from(text)]), expectedBytes });
const kept = () => readdir(join(env().dataFolder, "feeds", "uploads"));

beforeEach(resetDatabase);

describe("uploads", () => {
  test("a file lies under its own name and is found by its id", async () => {
    const { uploadId, bytes } = await upload("../../Items 1.csv", "a,b\n");
    expect(bytes).toBe(4);
    const [file] = await uploadedFiles(manager, [uploadId]);
    expect(file?.name).toBe("Items 1.csv");
    expect(file?.path.startsWith(join(env().dataFolder, "feeds", "uploads"))).toBe(true);
  });

  test("what is no feed, empty, cut or too large is refused in words and leaves nothing behind", async () => {
    const before = (await kept()).length;
    await expect(upload("run.exe", "x")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(upload("a.csv", "")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(upload("a.csv", "half", 8)).rejects.toThrow("Only 4 B of 8 B of a.csv arrived");
    await expect(upload("a.csv", "x", UPLOAD_LIMIT_BYTES + 1)).rejects.toMatchObject({ code: "too_large" });
    expect(await kept()).toHaveLength(before);
  });

  test("what nobody took is cleared away after a day; what a run waits to read stays", async () => {
    const [forgotten, awaited, fresh] = [
      await upload("a.csv", "x"),
      await upload("b.csv", "x"),
      await upload("c.csv", "x"),
    ];
    const [file] = await uploadedFiles(manager, [awaited.uploadId]);
    await createRun({ status: "pending", metadata: { input: file ? [file] : [] } });
    const old = new Date(Date.now() - 25 * 3_600_000);
    const folder = join(env().dataFolder, "feeds", "uploads");
    for (const { uploadId } of [forgotten, awaited]) await utimes(join(folder, uploadId), old, old);
    await Promise.all([upload("d.csv", "x"), upload("e.csv", "x"), upload("f.csv", "x")]);
    const names = await kept();
    expect(names).not.toContain(forgotten.uploadId);
    expect(names).toEqual(expect.arrayContaining([awaited.uploadId, fresh.uploadId]));
  });

  test("staff can neither upload nor start an import", async () => {
    const staff = actor("staff");
    const stream = Readable.from(["x"]);
    await expect(receiveUpload(staff, { name: "a.csv", stream, expectedBytes: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    const request = {
      source: { type: "new" as const, name: "Mine", kind: "erp" as const },
      input: { type: "folder" as const, path: "/" },
      dryRun: true,
      autoApprove: false,
    };
    await expect(startImport(staff, request)).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.feedSource.count()).toBe(0);
  });
});

describe("starting an import", () => {
  test("an upload of a new feed makes its source, a run and a job; a dry run is never applied on its own", async () => {
    const { uploadId } = await upload("items.csv", "a,b\n");
    const { number } = await startImport(manager, {
      source: { type: "new", name: "ERP", kind: "erp" },
      input: { type: "upload", uploadIds: [uploadId] },
      dryRun: true,
      autoApprove: true,
    });
    const run = await db.syncHistory.findUniqueOrThrow({ where: { number } });
    expect(run).toMatchObject({ source: "ERP", isDryRun: true, metadata: { autoApprove: false } });
    expect(await db.job.count({ where: { status: "pending" } })).toBe(1);
  });

  test("a folder that is wrong is told before anything is made", async () => {
    const start = (path: string) =>
      startImport(manager, {
        source: { type: "new", name: "Etilize", kind: "etilize" },
        input: { type: "folder", path },
        dryRun: false,
        autoApprove: false,
      });
    const empty = join(env().dataFolder, "empty");
    await mkdir(empty, { recursive: true });
    await writeFile(join(empty, "readme.md"), "x");
    for (const path of ["relative", join(empty, "gone"), empty]) {
      await expect(start(path)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(await db.feedSource.count()).toBe(0);
  });
});
