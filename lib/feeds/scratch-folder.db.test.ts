import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { clearScratch, withScratchFolder } from "./scratch-folder";

/** A process id that no process has: the largest there can be. */
const NOBODY = 2 ** 22 - 3;

test("what killed processes left is cleared away; what others work with stays, and nothing stays when work is done", async () => {
  const root = join(env().dataFolder, "scratch");
  const dead = `${hostname()}~${NOBODY}~aaaaaa`;
  const before = `${hostname()}~${process.pid}~bbbbbb`;
  const alive = `${hostname()}~${process.ppid}~cccccc`;
  const elsewhere = `far-away~${NOBODY}~dddddd`;
  for (const name of [dead, before, alive, elsewhere]) {
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, "tables.db"), "x");
  }
  const own = await withScratchFolder(async (folder) => {
    await clearScratch();
    expect((await readdir(root)).sort()).toEqual([alive, elsewhere, basename(folder)].sort());
    return basename(folder);
  });
  await expect(withScratchFolder(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  const left = await readdir(root);
  expect(left).not.toContain(own);
  expect(left.sort()).toEqual([alive, elsewhere].sort());
});
