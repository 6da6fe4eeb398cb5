import "server-only";
import { basename, join } from "node:path";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { enqueue } from "@/lib/jobs/enqueue";
import { writeSamplePictures } from "./pictures/write-pictures";
import { makeSampleDay } from "./sample-days";
import { sampleEditsJob } from "./sample-edits-job";
import { writeSampleFeeds } from "./write-sample-feeds";

/** Configuration key: `requested`, or `declined` by a start without it. Once set, no start adds the sample again. */
const STATE_KEY = "sample.state";

const SOURCES: Record<"etilize" | "erp", string> = { etilize: "Etilize (sample)", erp: "ERP list (sample)" };

/**
 * Writes the sample's feeds of two days and asks for their imports, in the order a shop would have received them.
 * The first day is applied, then a manager edits some products; the second waits for review, with what conflicts.
 * False when it was requested before. Cut off halfway, it starts over: runs of the same files change nothing.
 */
export async function requestSample(): Promise<boolean> {
  if ((await sampleState()) === "requested") return false;
  const root = join(env().dataFolder, "sample");
  // One folder for both days: what goes missing on the second keeps its picture.
  const [day1, day2] = [makeSampleDay({ day: 1 }), makeSampleDay({ day: 2 })];
  await writeSamplePictures(root, [...day1.products, ...day2.products]);
  for (const day of [1, 2] as const) {
    const feeds = await writeSampleFeeds({ folder: join(root, `day${day}`), day });
    await requestImport("etilize", feeds.etilize, day === 1);
    await requestImport("erp", [feeds.erp], day === 1);
    if (day === 1) await transaction((tx) => enqueue(tx, SYSTEM, sampleEditsJob, {}));
  }
  await setSampleState("requested");
  return true;
}

/** Remembers that this database started without the sample, so that a later start does not bring it. */
export async function declineSample() {
  if ((await sampleState()) === null) await setSampleState("declined");
}

/** Whether a start may bring the sample: nobody has decided yet, and there is nothing it could mix with. */
export async function isSampleUndecided() {
  return (await sampleState()) === null && (await db.feedSource.count({ where: { isSample: false } })) === 0;
}

async function requestImport(kind: FeedKind & keyof typeof SOURCES, paths: string[], autoApprove: boolean) {
  const sourceId = await sampleSource(kind);
  const files = paths.map((path) => ({ path, name: basename(path) }));
  await requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove });
}

async function sampleSource(kind: FeedKind & keyof typeof SOURCES) {
  const name = SOURCES[kind];
  const existing = await db.feedSource.findUnique({ where: { name }, select: { id: true } });
  if (existing) return existing.id;
  const root = join(env().dataFolder, "sample");
  const path = kind === "etilize" ? join(root, "day2", "etilize") : join(root, "day2", "xorosoft-items.zip");
  const connection = { type: "folder" as const, path, pictures: join(root, "pictures") };
  return (await createFeedSource(SYSTEM, { name, kind, connection, isSample: true })).id;
}

async function sampleState() {
  const row = await db.configuration.findUnique({ where: { key: STATE_KEY }, select: { value: true } });
  return row?.value ?? null;
}

async function setSampleState(value: "requested" | "declined") {
  const description = "Whether the sample catalogue was brought in.";
  await transaction((tx) =>
    tx.configuration.upsert({
      where: { key: STATE_KEY },
      create: { key: STATE_KEY, value, description, category: "sample" },
      update: { value },
      select: { key: true },
    }),
  );
}
