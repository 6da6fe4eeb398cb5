import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, engine, sqliteOf, transaction } from "@/lib/db/client";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { type FeedRow, importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";

/** The largest page count SQLite knows: no limit. */
const NO_LIMIT = 4_294_967_294;
/** Room for a job's own few writes, not for a batch. */
const PAGES_LEFT = 40;

beforeEach(() => resetDatabase());

/** What the database may grow to, in pages: beyond it SQLite says what it says of a full disk. */
async function limitPages(limit: (pages: number) => number) {
  const connection = await transaction((tx) => sqliteOf(tx));
  if (!connection) throw new Error("There is no SQLite connection.");
  const pages = Number(connection.pragma("page_count", { simple: true }));
  connection.pragma(`max_page_count = ${limit(pages)}`);
}

function rows(row: FeedRow): Record<string, FeedRow> {
  return Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`SPR${n}`, row]));
}

test.skipIf(engine() === "postgresql")(
  "an undo that fills the disk says so, changes nothing in part, and is done once there is room",
  async () => {
    await importRows(rows({}));
    const before = await catalogueHash({ versions: false });
    const run = await importRows(rows({ price: "2.10", colour: "Green" }));
    const after = await catalogueHash();
    const { jobId, runId } = await requestUndo(SYSTEM, { runId: run.id });

    await limitPages((pages) => pages + PAGES_LEFT);
    await workOff(jobId);
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({
      status: "failed",
      error: "The disk is full. Nothing is lost: free some space in the data folder's disk, then start it again.",
    });
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "failed" });
    expect(await catalogueHash()).toBe(after);

    await limitPages(() => NO_LIMIT);
    expect(await undoRun(run.id)).toMatchObject({ status: "success" });
    expect(await catalogueHash({ versions: false })).toBe(before);
  },
);
