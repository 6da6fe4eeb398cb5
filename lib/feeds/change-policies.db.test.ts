import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, actorOf, createFeedSource, createProduct, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { changePolicies, getPolicies } from "./change-policies";
import { policiesOf } from "./policies";

beforeEach(() => resetDatabase());

test("limits are kept with who set them, and what they were", async () => {
  const { id } = await createFeedSource({ kind: "erp" });
  const manager = actorOf(await createUser("manager"));
  const before = await getPolicies(manager, id);
  expect(before).toMatchObject({ policies: { unmatched: "hold", minItemShare: 0.7 }, lastRun: null });
  const policies = { ...policiesOf("erp", {}), minItemShare: 0.85, missing: "archive" as const };
  await changePolicies(manager, { sourceId: id, version: before?.source.version ?? 0, policies });
  expect(await getPolicies(manager, id)).toMatchObject({ policies, defaults: { minItemShare: 0.7 } });
  expect(await db.auditEntry.findFirstOrThrow({ where: { action: "feed.policies", entityId: id } })).toMatchObject({
    before: { minItemShare: 0.7, missing: "flag" },
    after: { minItemShare: 0.85, missing: "archive" },
  });
});

test("the second of two editors is told, and staff may only look", async () => {
  const { id, version } = await createFeedSource();
  const policies = policiesOf("etilize", {});
  const [one, two] = [actorOf(await createUser("manager")), actorOf(await createUser("manager"))];
  const answers = await Promise.allSettled([
    changePolicies(one, { sourceId: id, version, policies: { ...policies, maxPriceFactor: 2 } }),
    changePolicies(two, { sourceId: id, version, policies: { ...policies, maxPriceFactor: 4 } }),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
  const staff = actor("staff");
  expect(await getPolicies(staff, id)).toMatchObject({ source: { id } });
  await expect(changePolicies(staff, { sourceId: id, version, policies })).rejects.toMatchObject({ code: "forbidden" });
});

test("a lower number of missing runs makes what is past it due with the next run", async () => {
  const { id, version } = await createFeedSource();
  const manager = actorOf(await createUser("manager"));
  for (const [key, missingRuns] of [
    ["a", 1],
    ["b", 3],
    ["c", 5],
  ] as const) {
    const { id: productId } = await createProduct();
    await transaction((tx) =>
      tx.sourceItem.create({
        data: { sourceId: id, entity: "product", externalKey: key, productId, contentHash: "", missingRuns },
      }),
    );
  }
  const policies = policiesOf("etilize", { missingRunsUntilReview: 5 });
  await changePolicies(manager, { sourceId: id, version, policies });
  await changePolicies(manager, {
    sourceId: id,
    version: version + 1,
    policies: { ...policies, missingRunsUntilReview: 2 },
  });
  const items = await db.sourceItem.findMany({ orderBy: { externalKey: "asc" } });
  // The last was asked about under the old number already.
  expect(items.map((item) => item.missingRuns)).toEqual([1, 1, 5]);
});
