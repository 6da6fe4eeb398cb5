import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db, disconnect, engine, transaction } from "@/lib/db/client";
import { assertRoomToRewrite, rewriteDatabase } from "@/lib/db/rewrite-database";
import { measureStorage } from "@/lib/db/storage";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { actor } from "@/lib/testing/factories";
import { importRows, MANY } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { requestCompact } from "./request";

const admin = actor("admin");
const until = { timeout: 60_000, interval: 20 };
/** Some tenths of a second of rewriting, and as much space again to be given back. */
const ROWS = 15_000;

let worker: ChildProcess | undefined;
beforeEach(async () => {
  await resetDatabase();
  await importRows(MANY);
});
afterEach(() => {
  worker?.kill("SIGKILL");
  worker = undefined;
});

/** The file as it was made before it could give space back in steps, half of it free. */
async function makeOld() {
  await disconnect();
  const file = new Database(env().databaseUrl.slice("file:".length));
  file.pragma("auto_vacuum = NONE");
  file.exec("VACUUM");
  const insert = file.prepare(
    `INSERT INTO "Configuration" ("key", "value", "updatedAt") VALUES (?, json_object('text', ?), 0)`,
  );
  file.transaction(() => {
    for (let n = 0; n < ROWS; n++) insert.run(`filler.${n}`, "x".repeat(3_000));
  })();
  file.exec(`DELETE FROM "Configuration" WHERE "key" LIKE 'filler.%' AND "rowid" % 2 = 0`);
  file.close();
}

function startWorker() {
  const main = join(import.meta.dirname, "../../cli/main.ts");
  const args = ["--conditions=react-server", "--import", "tsx", main, "worker"];
  worker = spawn(process.execPath, args, { stdio: "ignore", env: process.env });
}

async function integrity() {
  const rows = await db.$queryRaw<object[]>`PRAGMA integrity_check`;
  return rows.map((row) => Object.values(row)[0]);
}

const jobOf = (id: string) => db.job.findUniqueOrThrow({ where: { id } });

describe.runIf(env().databaseUrl.startsWith("file:"))("an older SQLite file", () => {
  test("is written anew while people read and save: all of it stays, and it gives space back from then on", async () => {
    await makeOld();
    const before = { storage: await measureStorage(), hash: await catalogueHash() };
    expect(before.storage.givesBack).toBe("none");
    const { jobId } = await requestCompact(admin);
    await expect(requestCompact(admin)).rejects.toMatchObject({ code: "conflict" });
    startWorker();
    const saved: number[] = [];
    const refused: unknown[] = [];
    await expect.poll(async () => (await jobOf(jobId)).status, until).not.toBe("pending");
    while ((await jobOf(jobId)).status === "running") {
      const key = `saved.${saved.length + refused.length}`;
      await transaction((tx) => tx.configuration.create({ data: { key, value: "" } })).then(
        () => saved.push(1),
        (error) => refused.push(error),
      );
      expect(await db.product.count()).toBe(Object.keys(MANY).length);
    }
    expect(await jobOf(jobId)).toMatchObject({ status: "completed", error: null });
    expect(saved.length).toBeGreaterThan(0);
    for (const error of refused) expect(error).toBeInstanceOf(AppError);
    const after = await measureStorage();
    expect(after).toMatchObject({ givesBack: "steps", freeBytes: 0 });
    expect(after.bytes).toBeLessThan(0.7 * before.storage.bytes);
    expect(await catalogueHash()).toBe(before.hash);
    expect(await db.configuration.count({ where: { key: { startsWith: "saved." } } })).toBe(saved.length);
    expect(await integrity()).toEqual(["ok"]);
    await expect(requestCompact(admin)).rejects.toThrow("This database gives free space back by itself.");
  });

  test("stays whole when its worker is killed meanwhile", async () => {
    await makeOld();
    const { jobId } = await requestCompact(admin);
    startWorker();
    await expect.poll(async () => (await jobOf(jobId)).currentStage, until).toBe("Writing the file anew");
    if (worker) {
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
    expect(await integrity()).toEqual(["ok"]);
    startWorker();
    await expect.poll(async () => (await jobOf(jobId)).status, until).toMatch(/^(parked|completed)$/);
  });

  test("is not begun without the room for it", async () => {
    await makeOld();
    await expect(assertRoomToRewrite(20 * 2 ** 20)).rejects.toThrow(
      /^Writing the file anew needs [\d.]+ MB free on the database's disk, and 21\.0 MB is left there\. Nothing was changed: free some space, then try again\.$/,
    );
    expect(await measureStorage()).toMatchObject({ givesBack: "none" });
  });

  test("waits for its turn while others write", async () => {
    await makeOld();
    const other = new Database(env().databaseUrl.slice("file:".length));
    other.exec("BEGIN IMMEDIATE");
    const rewriting = rewriteDatabase();
    await catalogueHash();
    expect(await measureStorage()).toMatchObject({ givesBack: "none" });
    other.exec("COMMIT");
    other.close();
    await rewriting;
    expect(await measureStorage()).toMatchObject({ givesBack: "steps" });
  });
});

test.skipIf(env().databaseUrl.startsWith("file:"))("PostgreSQL gives space back by itself", async () => {
  expect(engine()).toBe("postgresql");
  await expect(requestCompact(admin)).rejects.toThrow("This database gives free space back by itself.");
});
