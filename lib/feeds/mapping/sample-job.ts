import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
import type { FeedRecord } from "../feed-record";
import { readerOf } from "../readers";
import { oneByOne } from "../record-batches";
import { withScratchFolder } from "../scratch-folder";
import { lastFiles } from "./dry-run";
import { ColumnCounter } from "./sample-columns";
import { saveSample } from "./sample-file";

/** Products that columns are counted over, and those kept for the preview. */
const COUNTED = 2_000;
const KEPT = 200;

/** Looks into a feed whose tables are too much to join while a person waits: the mapping page shows what it found. */
export const sampleJob = defineJob({
  name: "feed.sample",
  displayName: "Look into a feed",
  description: "Reads the first products of a feed's last files, so that its mapping can be tried on them.",
  group: "Feeds",
  permission: "feed:run",
  stages: ["Reading"],
  isResumable: false,
  idempotency: "Only reads: a later look takes the place of the one before.",
  payload: z.object({ sourceId: z.uuid() }),
  parameters: z.object({ source: chosen("source", "Feed") }),
  start: (actor, { source }): Promise<StartedJob> => requestSample(actor, { sourceId: source }),
  recall: async ({ sourceId }) => ({ source: sourceId }),
  resultTitles: { products: "Products read" },
  recurs: false,
  maxAttempts: 2,
  exclusive: null,
  async handle({ sourceId }, context) {
    const source = await db.feedSource.findUniqueOrThrow({ where: { id: sourceId } });
    const files = await lastFiles(sourceId);
    const counter = new ColumnCounter();
    const attributes = new Map<string, string>();
    const records: FeedRecord[] = [];
    let products = 0;
    await withScratchFolder(async (scratchFolder) => {
      const input = { files, scratchFolder, knownDefinitions: new Map(), signal: context.signal };
      for await (const record of oneByOne(readerOf(source.kind)(input))) {
        if (record.record === "definition") {
          counter.addDefinition(record);
          attributes.set(`${record.namespace}.${record.key}`, record.externalKey);
          records.push(record);
        } else if (record.record === "product") {
          counter.countProduct(record, (name) => attributes.get(name));
          if (++products <= KEPT) records.push({ ...record, raw: undefined });
          if (products >= COUNTED) break;
        } else if (record.record === "progress") {
          const { bytesRead, bytesTotal } = record;
          await context.report({ stage: "Reading", done: bytesRead, total: bytesTotal, unit: "bytes" });
        }
      }
      await saveSample(sourceId, {
        name: files.length === 1 ? (files[0]?.name ?? "") : `${files.length} files`,
        receivedAt: new Date(),
        isCut: products >= COUNTED,
        dialect: null,
        dialectWords: null,
        columns: counter.end(),
        guess: null,
        records,
      });
    });
    return { products };
  },
  // What an earlier look found stays: nothing of a look that failed is to be undone.
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

export const sampleInput = z.object({ sourceId: z.uuid() });

/** Asks the worker to look into the source's last files. */
export async function requestSample(actor: Actor, { sourceId }: z.output<typeof sampleInput>) {
  assertCan(actor, "feed:run");
  return transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({ where: { id: sourceId }, select: { name: true } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    const displayName = `Look into ${source.name}`;
    return { jobId: await enqueue(tx, actor, sampleJob, { sourceId }, { displayName }) };
  });
}
