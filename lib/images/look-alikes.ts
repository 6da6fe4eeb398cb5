import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "@/lib/jobs/enqueue";
import { LOOK_ALIKES_KEY, lookAlikesJob } from "./look-alikes-job";
import { pictureName } from "./own-picture";

const storedReport = z.object({
  at: z.string(),
  /** Pictures that were compared. */
  pictures: z.number(),
  /** How many groups there are; the nearest are listed. */
  total: z.number(),
  groups: z.array(z.object({ ids: z.array(z.number()), count: z.number(), distance: z.number() })),
});

export interface LookAlikeGroup {
  /** Bits in which they differ: 0 looks the same. */
  distance: number;
  /** How many there were when they were looked for; the first ones are listed. */
  count: number;
  pictures: LookAlike[];
}

export interface LookAlike {
  id: number;
  hash: string | null;
  name: string;
  width: number | null;
  height: number | null;
  product: { id: string; sku: string; name: string };
}

/** Groups shown on one page. */
const SHOWN = 50;

/** Pictures that look alike, as they were last looked for; null before the first time. Those gone since are left out. */
export async function listLookAlikes(actor: Actor) {
  assertCan(actor, "catalog:read");
  const stored = await db.configuration.findUnique({ where: { key: LOOK_ALIKES_KEY } });
  if (!stored) return null;
  const { groups, ...report } = storedReport.parse(JSON.parse(stored.value));
  const rows = await inParts(
    groups.slice(0, SHOWN).flatMap(({ ids }) => ids),
    (part) =>
      db.productImage.findMany({
        where: { id: { in: part }, isActive: true },
        select: {
          ...{ id: true, fileHash: true, view: true, filename: true, width: true, height: true },
          product: { select: { id: true, sku: true, name: true } },
        },
      }),
  );
  const found = new Map(
    rows.map((row): [number, LookAlike] => {
      const { id, fileHash: hash, width, height, product } = row;
      return [id, { id, hash, name: pictureName(row), width, height, product }];
    }),
  );
  const shown = groups.slice(0, SHOWN).map(({ ids, count, distance }): LookAlikeGroup => {
    return { count, distance, pictures: ids.flatMap((id) => found.get(id) ?? []) };
  });
  return { ...report, groups: shown.filter(({ pictures }) => pictures.length > 1) };
}

/** Has the worker look for pictures that look alike. Where that is under way already, that job is the answer. */
export async function requestLookAlikes(actor: Actor): Promise<{ jobId: string }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const open = await tx.job.findFirst({
      where: { jobType: lookAlikesJob.name, status: { in: ["pending", "running", "paused"] } },
      select: { id: true },
    });
    if (open) return { jobId: open.id };
    const jobId = await enqueue(tx, actor, lookAlikesJob, {});
    await recordAudit(tx, actor, "image.compare", { entity: "Job", entityId: jobId });
    return { jobId };
  });
}
