import { describe, expect, test } from "vitest";
import { requestBulkEdit } from "@/lib/bulk-edit/request-bulk-edit";
import { db } from "@/lib/db/client";
import { runWorker } from "@/lib/jobs/worker";
import { approveRun } from "@/lib/sync/mutations";
import { actor, createProduct } from "@/lib/testing/factories";
import { ensureFirstUsers } from "@/lib/users/first-users";
import { getSample, removeSample } from "./remove-sample";
import { requestSample } from "./request-sample";

const MINUTES = 60_000;

/** Works the queue until nothing waits. */
async function workOffAll() {
  const stop = new AbortController();
  const worker = runWorker({ signal: stop.signal });
  await expect
    .poll(() => db.job.count({ where: { status: { in: ["pending", "running"] } } }), {
      timeout: 5 * MINUTES,
      interval: 200,
    })
    .toBe(0);
  stop.abort();
  await worker;
}

describe("the sample shop", () => {
  test("comes in through the feeds, with a second day that waits and conflicts to decide", {
    timeout: 6 * MINUTES,
  }, async () => {
    await ensureFirstUsers();
    expect(await requestSample()).toBe(true);
    await workOffAll();
    expect(await db.product.count()).toBe(2_500);
    const runs = await db.syncHistory.findMany({ orderBy: { number: "asc" } });
    expect(runs.map((run) => run.status)).toEqual(["success", "partial", "review", "review"]);
    const lines = await db.syncChangeDetail.findMany({
      where: { change: { run: { status: "review" } } },
      select: { fields: true },
    });
    expect(lines.filter(({ fields }) => JSON.stringify(fields).includes('"kept":true')).length).toBeGreaterThanOrEqual(
      3,
    );
    expect(await db.syncRejection.count()).toBeGreaterThanOrEqual(7);
    expect(await db.productImage.count({ where: { storagePath: { not: null } } })).toBeGreaterThan(2_000);
    expect(await requestSample()).toBe(false);
  });

  test("goes whole when an admin starts with own data; what people made stays", { timeout: MINUTES }, async () => {
    const own = await createProduct({ sku: "MINE-1" });
    const sample = await db.product.findMany({ where: { id: { not: own.id } }, select: { id: true }, take: 2 });
    const rebrand = async (ids: string[], value: string) => {
      const operations = [{ kind: "set", field: "brand", value }] as const;
      const asked = await requestBulkEdit(actor("manager"), { operations: [...operations], selection: { ids } });
      await workOffAll();
      await approveRun(actor("manager"), { runId: asked.runId });
      await workOffAll();
      return asked.runId;
    };
    await rebrand(
      sample.map(({ id }) => id),
      "Ours",
    );
    const mixed = await rebrand([own.id, sample[0]?.id ?? ""], "Mine");
    await expect(removeSample(actor("manager"))).rejects.toMatchObject({ code: "forbidden" });
    expect(await getSample(actor("staff"))).toMatchObject({ products: 2_500, runs: 4 });
    expect(await removeSample(actor("admin"))).toMatchObject({ products: 2_500, categories: 150, runs: 5 });
    expect(await db.product.findMany({ select: { id: true } })).toEqual([{ id: own.id }]);
    const left = {
      categories: await db.category.count(),
      metafields: await db.productMetafield.count(),
      definitions: await db.metafieldDefinition.count(),
      runs: await db.syncHistory.count({ where: { id: { not: mixed } } }),
      sources: await db.feedSource.count(),
      files: await db.feedFile.count(),
      search: await db.productSearch.count(),
      // What the worker does behind every change stays in its list.
      jobs: await db.job.count({
        where: { jobType: { notIn: ["search.words", "quality.refresh", "bulk.plan", "sync.apply"] } },
      }),
    };
    expect(left).toEqual({
      categories: 0,
      metafields: 0,
      definitions: 0,
      runs: 0,
      sources: 0,
      files: 0,
      // Of the person's own product.
      search: 1,
      jobs: 0,
    });
    expect(await getSample(actor("admin"))).toBeNull();
    expect(await db.auditEntry.count({ where: { action: "sample.remove" } })).toBe(1);
    await expect(removeSample(actor("admin"))).rejects.toMatchObject({ code: "not_found" });
  });
});
