import "server-only";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { groupLookAlikes } from "./similar-pictures";

/** Where the last report stands: `{at, pictures, total, groups}` as JSON. */
export const LOOK_ALIKES_KEY = "images.look-alikes";
/** Pictures read at a time. */
const BATCH = 10_000;
/** Groups kept, the nearest first, and pictures of each. */
const KEPT_GROUPS = 500;
const KEPT_PICTURES = 12;

/** Looks for pictures that look alike, within a product and across the catalogue. */
export const lookAlikesJob = defineJob({
  name: "images.look-alikes",
  displayName: "Look for pictures that look alike",
  description: "Looks for pictures that look alike, within a product and across the catalogue.",
  group: "Pictures",
  permission: "catalog:write",
  stages: ["Reading pictures", "Comparing"],
  isResumable: false,
  idempotency: "Changes no picture: a later report takes the place of the one before.",
  payload: z.object({}),
  parameters: z.object({}),
  start: async (actor): Promise<StartedJob> => (await import("./look-alikes")).requestLookAlikes(actor),
  resultTitles: { pictures: "Pictures compared", groups: "Groups that look alike" },
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    const pictures: { id: number; hash: string }[] = [];
    for (let after = 0; ; ) {
      const rows = await db.productImage.findMany({
        where: { id: { gt: after }, isActive: true, perceptualHash: { not: null } },
        select: { id: true, perceptualHash: true },
        orderBy: { id: "asc" },
        take: BATCH,
      });
      for (const { id, perceptualHash } of rows) if (perceptualHash) pictures.push({ id, hash: perceptualHash });
      await context.report({ stage: "Reading pictures", done: pictures.length, total: null, unit: "pictures" });
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
    }
    const groups = await groupLookAlikes(pictures, async (done) => {
      // The signs of life are given between two turns.
      await new Promise(setImmediate);
      await context.report({ stage: "Comparing", done: Math.floor(done * 100), total: 100, unit: "per cent" });
    });
    const report = {
      at: new Date().toISOString(),
      pictures: pictures.length,
      total: groups.length,
      groups: groups
        .slice(0, KEPT_GROUPS)
        .map(({ ids, distance }) => ({ ids: ids.slice(0, KEPT_PICTURES), count: ids.length, distance })),
    };
    const row = {
      value: JSON.stringify(report),
      dataType: "json",
      category: "images",
      description: "Pictures that look alike, as last looked for.",
    };
    await transaction((tx) =>
      tx.configuration.upsert({
        where: { key: LOOK_ALIKES_KEY },
        create: { key: LOOK_ALIKES_KEY, ...row },
        update: row,
        select: { key: true },
      }),
    );
    context.log(`${groups.length} groups among ${pictures.length} pictures`);
    return { pictures: pictures.length, groups: groups.length };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});
