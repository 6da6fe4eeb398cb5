import "server-only";
import { z } from "zod";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { countProductParts, NO_PARTS } from "@/lib/db/product-parts";
import { formatPlural } from "@/lib/format";
import { defineJob, type JobContext, type StartedJob } from "@/lib/jobs/define-job";
import { newId } from "@/lib/sync/new-id";
import { evidence, scoreOf } from "./evidence";
import { findEvidence } from "./find-evidence";
import { groupKey } from "./group-key";
import { type FoundGroup, groupProducts, pairs } from "./group-products";
import { readAgainst } from "./speaks-against";
import { suggestSurvivor } from "./suggest-survivor";

/** Groups written in one transaction. */
const BATCH = 500;

/**
 * Looks the catalogue through for products that look like one and keeps the report of them. Killed anywhere, the next
 * try looks anew and writes what is still missing; what a person dismissed or merged stays answered.
 */
export const duplicatesJob = defineJob({
  name: "duplicates.find",
  displayName: "Look for duplicates",
  description: "Looks the catalogue through for products that look like one and the same.",
  group: "Catalogue",
  permission: "catalog:write",
  stages: ["Comparing", "Writing"],
  isResumable: false,
  idempotency: "Run again it finds the same groups; what was dismissed or merged stays answered.",
  payload: z.object({}),
  parameters: z.object({}),
  start: async (actor): Promise<StartedJob> => (await import("./duplicate-groups")).requestDuplicates(actor),
  resultTitles: { gone: "Groups that are none any more", tooCommon: "Values too common to tell" },
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    const found = await findEvidence((done) =>
      context.report({ stage: "Comparing", done, total: null, unit: "likenesses" }),
    );
    const dismissed = await dismissedPairs();
    const groups = groupProducts(found.evidence, (a, b) => dismissed.has(`${a} ${b}`), found.supporting);
    for (let at = 0; at < groups.length; at += BATCH) {
      await context.report({ stage: "Writing", done: at, total: groups.length, unit: "groups" });
      await keepGroups(groups.slice(at, at + BATCH), context);
    }
    const gone = await dropStale(new Set(groups.map(({ productIds }) => groupKey(productIds))), context);
    context.log(`${formatPlural(groups.length, "group")} found, ${gone} no longer`);
    if (found.tooCommon > 0) {
      context.log(`${formatPlural(found.tooCommon, "value")} left out: more than 20 products share each`);
    }
    return { groups: groups.length, gone, tooCommon: found.tooCommon };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

async function dismissedPairs(): Promise<Set<string>> {
  const groups = await db.duplicateGroup.findMany({
    where: { state: "dismissed" },
    select: { members: { select: { productId: true } } },
  });
  return new Set(
    groups.flatMap(({ members }) => pairs(members.map((one) => one.productId)).map(([a, b]) => `${a} ${b}`)),
  );
}

async function keepGroups(groups: FoundGroup[], context: JobContext) {
  const ids = groups.flatMap((group) => group.productIds);
  const [suggested, against] = await Promise.all([suggestions(ids), readAgainst(ids)]);
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    const keys = groups.map(({ productIds }) => groupKey(productIds));
    const known = await inParts(keys, (part) =>
      tx.duplicateGroup.findMany({ where: { key: { in: part } }, select: { id: true, key: true } }),
    );
    const idOf = new Map(known.map(({ id, key }) => [key, id]));
    const now = new Date();
    const rows = groups.map((group) => {
      const key = groupKey(group.productIds);
      const told = [...group.evidence, ...against(group.productIds)];
      const said = {
        evidence: evidence.array().parse(told),
        score: scoreOf(told),
        suggestedId: suggested(group.productIds),
        updatedAt: now,
      };
      return { group, key, said, id: idOf.get(key) };
    });
    await updateRows(
      tx,
      "DuplicateGroup",
      ["id"],
      rows.flatMap(({ id, said }) => (id ? { id, ...said } : [])),
    );
    await addGroups(
      tx,
      rows.flatMap(({ id, group, key, said }) => (id ? [] : { group, row: { id: newId(), key, ...said } })),
      now,
    );
  });
}

async function addGroups(
  tx: Tx,
  added: { group: FoundGroup; row: { id: string } & Record<string, string | number | Date | object | null> }[],
  now: Date,
) {
  await insertRows(
    tx,
    "DuplicateGroup",
    added.map(({ row }) => ({ ...row, state: "open", createdAt: now })),
  );
  await insertRows(
    tx,
    "DuplicateMember",
    added.flatMap(({ group, row }) => group.productIds.map((productId) => ({ groupId: row.id, productId }))),
    { onConflict: "nothing" },
  );
}

/** Open groups that nothing speaks for any more: one of their products was changed, merged or archived. */
async function dropStale(found: ReadonlySet<string>, context: JobContext): Promise<number> {
  const open = await db.duplicateGroup.findMany({ where: { state: "open" }, select: { id: true, key: true } });
  const stale = open.filter(({ key }) => !found.has(key)).map(({ id }) => id);
  let gone = 0;
  for (let at = 0; at < stale.length; at += BATCH) {
    const part = stale.slice(at, at + BATCH);
    gone += await transaction(async (tx) => {
      await context.assertHeld(tx);
      const { count } = await tx.duplicateGroup.deleteMany({ where: { id: { in: part }, state: "open" } });
      return count;
    });
  }
  return gone;
}

async function suggestions(ids: string[]) {
  const rows = await inParts(ids, (part) =>
    db.product.findMany({
      where: { id: { in: part } },
      select: {
        id: true,
        createdAt: true,
        quality: { select: { score: true } },
      },
    }),
  );
  const parts = await countProductParts(ids);
  const products = new Map(
    rows.map(({ id, createdAt, quality }) => {
      const { metafields, images, sourceItems } = parts.get(id) ?? NO_PARTS;
      const score = quality?.score ?? null;
      return [id, { id, createdAt, quality: score, details: metafields + images, sources: sourceItems }];
    }),
  );
  return (group: string[]) => suggestSurvivor(group.flatMap((id) => products.get(id) ?? []));
}
