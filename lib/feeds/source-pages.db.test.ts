import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { createFeedSource } from "./mutations";
import { openFeedFile } from "./open-feed-file";
import { listFeedSources } from "./queries";
import { getSourceHistory, getSourceSettings, listFetches } from "./source-overview";

beforeEach(resetDatabase);

async function importOne() {
  const path = join(env().dataFolder, "list.csv");
  writeFileSync(path, "Handle,Title\na,Pen\n");
  await importFiles("shopify_csv", [path], { sourceName: "List" });
  return db.feedFile.findFirstOrThrow();
}

test("a received file comes back byte for byte; once cleared away it says so; staff don't get it", async () => {
  const { id } = await importOne();
  const file = await openFeedFile(actor("manager"), id);
  expect(file.name).toBe("list.csv");
  expect(await text(file.stream)).toBe("Handle,Title\na,Pen\n");
  await expect(openFeedFile(actor("staff"), id)).rejects.toThrow("Your role does not allow this.");
  await transaction((tx) => tx.feedFile.update({ where: { id }, data: { prunedAt: new Date() } }));
  await expect(openFeedFile(actor("manager"), id)).rejects.toThrow("list.csv is no longer in the archive");
});

test("what the pages of a source are given holds no secret, sealed or not", async () => {
  const password = "canary-password-9876";
  const { id } = await createFeedSource(SYSTEM, {
    name: "Server",
    kind: "csv",
    connection: { type: "ftp", host: "ftp.example.com", user: "shop", password },
    schedule: { cron: "0 2 * * *", timeZone: "Europe/Berlin" },
  });
  const given = JSON.stringify([
    await getSourceSettings(actor("staff"), id),
    await getSourceHistory(actor("staff"), id),
    await listFeedSources(actor("staff")),
  ]);
  expect(given).toContain("••••9876");
  expect(given).not.toContain(password);
  const { connection } = await db.feedSource.findUniqueOrThrow({ where: { id } });
  expect(given).not.toContain((connection as { password: { data: string } }).password.data);
});

test("fetches page by key, newest first, none twice", async () => {
  const { id: sourceId } = await createFeedSource(SYSTEM, {
    name: "List",
    kind: "csv",
    connection: { type: "upload" },
  });
  for (let n = 0; n < 45; n++) {
    await transaction((tx) => tx.feedFetch.create({ data: { sourceId, outcome: "unchanged", message: `${n}` } }));
  }
  const seen: string[] = [];
  let before: string | undefined;
  for (let page = 0; page < 4; page++) {
    const { rows, older } = await listFetches(actor("staff"), { sourceId, before });
    seen.push(...rows.map((row) => row.message));
    if (!older) break;
    before = older;
  }
  expect(seen).toHaveLength(45);
  expect(new Set(seen).size).toBe(45);
});
