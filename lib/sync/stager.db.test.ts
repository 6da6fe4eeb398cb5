import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import type { FeedFileRead, FeedProduct, FeedRecord } from "@/lib/feeds/feed-record";
import { policiesOf } from "@/lib/feeds/policies";
import { createFeedSource, createRun } from "@/lib/testing/factories";
import { Killed, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { stageRun } from "./stage-run";
import { StagedBefore } from "./staging-checkpoint";

beforeEach(() => resetDatabase());

const PRODUCTS = 2_500;
const FILE = "feed.csv";

function product(n: number): FeedProduct {
  return {
    record: "product",
    key: `key-${n}`,
    at: { file: FILE, line: n + 2 },
    sku: `SKU${n}`,
    fields: { name: `Product ${n}` },
    codes: [],
    matchBy: [],
    rows: { [FILE]: 1 },
  };
}

const read: FeedFileRead = {
  record: "file",
  name: FILE,
  hash: "hash",
  bytes: PRODUCTS,
  encoding: "utf-8",
  inputIndex: 0,
  rowsRead: PRODUCTS,
  rowsReference: 0,
  isEnded: true,
};

/** The feed, told so many products at a time; after each, how far the reading is. */
async function* feed(together: number): AsyncGenerator<FeedRecord[]> {
  for (let from = 0; from < PRODUCTS; from += together) {
    const to = Math.min(from + together, PRODUCTS);
    const products = Array.from({ length: to - from }, (_, at) => product(from + at));
    yield [...products, { record: "progress", bytesRead: to, bytesTotal: PRODUCTS }];
  }
  yield [read];
}

test("a killed reading is gone on with at the right product, however often the next one says how far it is", async () => {
  const source = await createFeedSource();
  const { id: runId } = await createRun({ feedSourceId: source.id, status: "running" });
  const run = {
    ...{ id: runId, sourceId: source.id, kind: "shopify_csv" as const, policies: policiesOf("shopify_csv", {}) },
    ...{ initialState: "staged" as const, basis: "the same" },
  };
  const dying = quietContext({
    async report() {
      if (await db.syncChange.count({ where: { runId } })) throw new Killed();
    },
  });
  await expect(stageRun({ ...run, before: null }, feed(10), dying)).rejects.toThrow(Killed);
  const { checkpoint } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  const before = await StagedBefore.load(runId, checkpoint, run.basis);
  expect(before?.checkpoint.records).toBe(500);
  const staged = await stageRun({ ...run, before }, feed(7), quietContext());
  expect(staged.counts).toMatchObject({ total: PRODUCTS, created: PRODUCTS });
  const rows = await db.syncChange.findMany({ where: { runId }, orderBy: { id: "asc" }, select: { label: true } });
  expect(rows.map(({ label }) => label)).toEqual(Array.from({ length: PRODUCTS }, (_, n) => `SKU${n}`));
});
