import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { proofCount, proofTimeout, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";

const folder = await mkdtemp(join(tmpdir(), "stockroom-two-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

const SLICE = 2;
const PRODUCTS = 40;

test("R17 of two imports started at once one waits for the other, and their rows never interleave", {
  timeout: proofTimeout(SLICE, 60_000),
}, async () => {
  const connection = { type: "upload" as const };
  const { id: sourceId } = await createFeedSource(SYSTEM, { name: "Pens", kind: "shopify_csv", connection });
  const ask = async (name: string, cents: number) => {
    const header = "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]";
    const rows = Array.from(
      { length: PRODUCTS },
      (_, n) => `pen-${n},Pen ${n},,${(cents / 100).toFixed(2)},SPR${200 + n}`,
    );
    const path = join(folder, `${name}.csv`);
    await writeFile(path, [header, ...rows, ""].join("\r\n"));
    return requestFeedImport(SYSTEM, {
      sourceId,
      files: [{ path, name: `${name}.csv` }],
      dryRun: false,
      autoApprove: true,
    });
  };
  const trials = proofCount(SLICE);
  for (let trial = 0; trial < trials; trial++) {
    const cents = 1_000 + trial * 2;
    const asked = await Promise.all([ask("one", cents), ask("two", cents + 1)]);
    await Promise.all(asked.map(({ jobId }) => workOff(jobId)));
    const runs = await db.syncHistory.findMany({ where: { id: { in: asked.map(({ runId }) => runId) } } });
    expect(runs.map(({ status }) => status)).toEqual(["success", "success"]);
    const jobs = await db.job.findMany({
      where: { id: { in: asked.map(({ jobId }) => jobId) } },
      orderBy: { startedAt: "asc" },
    });
    const [first, second] = jobs;
    expect(second?.startedAt?.getTime()).toBeGreaterThanOrEqual(
      first?.completedAt?.getTime() ?? Number.POSITIVE_INFINITY,
    );
    const stretches = await db.syncChange.groupBy({
      by: ["runId"],
      where: { runId: { in: runs.map(({ id }) => id) } },
      _min: { id: true },
      _max: { id: true },
    });
    const [low, high] = stretches.toSorted((a, b) => Number(a._min.id) - Number(b._min.id));
    expect(Number(low?._max.id)).toBeLessThan(Number(high?._min.id));
    const prices = await db.product.groupBy({ by: ["priceCents"], _count: { _all: true } });
    const last = asked.findIndex(({ jobId }) => jobId === second?.id);
    expect(prices).toEqual([{ priceCents: cents + last, _count: { _all: PRODUCTS } }]);
  }
  reportProof("R17", { trials, rowsInterleaved: 0 });
});
