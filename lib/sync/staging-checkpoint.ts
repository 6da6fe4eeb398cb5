import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { db, type Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { getChangeFields } from "@/lib/db/sync-changes";
import { KeyTable } from "@/lib/feeds/key-table";
import { type CreatedCategory, changeFields } from "./change";
import type { Bucket } from "./row-ledger";
import { savedTally } from "./run-tally";
import { STAGING_REFUSALS } from "./stage-unknown";

/** Rows looked at together when a run is taken up again. */
const PAGE = 5_000;

/** SyncHistory.checkpoint of a run that is still read: written with the rows of each batch. */
const stagingCheckpoint = z.object({
  staging: z.object({
    /** What was read under which rules; other files or rules, and all is read anew. */
    basis: z.string(),
    /** Records of the feed dealt with, in their order. */
    records: z.number().int(),
    /** JSON bytes of the changes written. */
    changeBytes: z.number(),
    /** ISO time */
    at: z.string(),
    tally: savedTally,
  }),
});
export type StagingCheckpoint = z.output<typeof stagingCheckpoint>["staging"];

export async function saveStagingCheckpoint(tx: Tx, runId: string, staging: StagingCheckpoint) {
  await tx.syncHistory.update({ where: { id: runId }, data: { checkpoint: { staging } }, select: { id: true } });
}

/** Names what staging depends on: the files' hash, and the rules they are read by. */
export function stagingBasis(inputHash: string, rules: object): string {
  return createHash("sha256").update(inputHash).update(JSON.stringify(rules)).digest("base64url");
}

/** What an earlier try of a run had staged when it was killed or paused: it is read over again, and not compared again. */
export class StagedBefore {
  readonly #staged = new KeyTable();
  readonly #refused = new Set<string>();
  readonly #categories = new Map<string, { id: string; created: CreatedCategory | null }>();
  /** Products that rows were matched to: {productId: externalKey}. */
  readonly matched = new Map<string, string>();

  private constructor(readonly checkpoint: StagingCheckpoint) {}

  /** Null where nothing was staged, or where what it was staged against is no longer so: then it is staged anew. */
  static async load(runId: string, stored: unknown, basis: string): Promise<StagedBefore | null> {
    const checkpoint = stagingCheckpoint.safeParse(stored).data?.staging;
    if (checkpoint?.basis !== basis) return null;
    const since = await db.syncChange.findFirst({
      where: { appliedAt: { gte: new Date(checkpoint.at) }, runId: { not: runId } },
      select: { id: true },
    });
    if (since) return null;
    const before = new StagedBefore(checkpoint);
    await before.#loadChanges(runId);
    const refused = await db.syncRejection.findMany({
      where: { runId, severity: "error", code: { in: [...STAGING_REFUSALS] } },
      select: { externalKey: true },
    });
    for (const { externalKey } of refused) if (externalKey) before.#refused.add(externalKey);
    return before;
  }

  /** Whether that many records, counted from the first, were dealt with (progress is none). */
  covers(records: number) {
    return records <= this.checkpoint.records;
  }

  /** Where a product's rows went. */
  bucketOf(key: string): Bucket {
    if (this.#staged.numberOf(key) !== undefined) return "staged";
    return this.#refused.has(key) ? "rejected" : "unchanged";
  }

  /** The change staged for a category; undefined for one that says what it said before. */
  categoryOf(key: string) {
    return this.#categories.get(key);
  }

  async #loadChanges(runId: string) {
    for (let after = 0; ; ) {
      const rows = await db.syncChange.findMany({
        where: { runId, id: { gt: after } },
        select: { id: true, entity: true, entityId: true, externalKey: true, action: true },
        orderBy: { id: "asc" },
        take: PAGE,
      });
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
      const created = rows.filter((row) => row.entity === "category" && row.action === "create").map((row) => row.id);
      const told = new Map(await inParts(created, (part) => getChangeFields(part).then((found) => [...found])));
      for (const { id, entity, entityId, externalKey, action } of rows) {
        if (entity === "category" && entityId) {
          const category = changeFields.parse(told.get(id) ?? {}).category ?? null;
          this.#categories.set(externalKey, { id: entityId, created: category });
          continue;
        }
        this.#staged.put(externalKey);
        if (action === "update" && entityId) this.matched.set(entityId, externalKey);
      }
    }
  }
}
