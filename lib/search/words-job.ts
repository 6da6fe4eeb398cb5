import "server-only";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { categoryTree } from "@/lib/categories/category-tree";
import { type BulkRow, deleteRows, insertRows, upsertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { selectChangedWordSources, selectWordSources } from "@/lib/db/search-words";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { WordCount } from "./count-words";

/** Products read, or words written, at a time. */
const BATCH = 1_000;
const STATE_KEY = "search.words";
/** Between two looks at few changes, in milliseconds: suggestions may be so old. */
const PAUSE_MS = 10 * 60_000;
/** Counts drift by what is changed and deleted: all is counted again after a day, in milliseconds, or many changes. */
const RECOUNT_MS = 24 * 3_600_000;
const FEW = 5_000;
/** A transaction lands after the times in it, in milliseconds. */
const OVERLAP_MS = 60_000;

const wordsState = z.object({
  /** CatalogueVersion that the words follow. */
  products: z.number(),
  categories: z.number(),
  /** When the products were read, and when all were counted, in milliseconds. */
  readAt: z.number(),
  countedAt: z.number(),
});
type WordsState = z.output<typeof wordsState>;

/** Keeps SearchWord behind the catalogue: what is suggested, and how words are spelled. Safe to be stopped anywhere. */
export const wordsJob = defineJob({
  name: "search.words",
  displayName: "Learn the catalogue's words",
  description: "Learns the words of the catalogue: what the search box suggests, and how words are spelled.",
  group: "Upkeep",
  permission: "job:control",
  stages: ["Counting words"],
  isResumable: false,
  idempotency: "Run again it looks at what changed since.",
  payload: z.object({}),
  resultTitles: { written: "Words written", recounted: "All counted anew" },
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    const before = await readState();
    const now = await versions();
    const readAt = Date.now();
    const since = new Date((before?.readAt ?? 0) - OVERLAP_MS);
    const changed = before ? await selectChangedWordSources(since, FEW + 1) : [];
    const isRecount = !before || changed.length > FEW || readAt - before.countedAt > RECOUNT_MS;
    const written = isRecount ? await recount(context) : await addWords(changed, context);
    const countedAt = isRecount ? readAt : before.countedAt;
    await inTransaction(context, (tx) => writeState(tx, { ...now, readAt, countedAt }));
    context.log(isRecount ? `Counted all words; ${written} changed` : `Looked at ${changed.length} changed products`);
    return { written, recounted: isRecount };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/** Puts the job on the queue once products or categories have changed: at once after a run, else every few minutes. */
export async function scheduleWords() {
  const state = await readState();
  const now = await versions();
  if ((state?.products ?? 0) === now.products && (state?.categories ?? 0) === now.categories) return;
  if (state && Date.now() - state.readAt < PAUSE_MS && !(await hasRunSince(new Date(state.readAt)))) return;
  await transaction(async (tx) => {
    await lockName(tx, "job queue");
    const open = await tx.job.findFirst({
      where: { jobType: wordsJob.name, status: { in: ["pending", "running", "paused"] } },
      select: { id: true },
    });
    if (!open) await enqueue(tx, SYSTEM, wordsJob, {}, { priority: -1 });
  });
}

/** Counts every product's words and writes what differs. */
async function recount(context: JobContext) {
  const count = new WordCount(await categoryTree());
  const total = await db.productSearch.count();
  let done = 0;
  for (let after = 0; ; ) {
    const rows = await selectWordSources(after, BATCH);
    count.add(rows);
    done += rows.length;
    await context.report({ stage: "Counting words", done, total, unit: "products" });
    const last = rows.at(-1);
    if (!last) break;
    after = last.docId;
  }
  return writeCounts(new Map(count.products), context);
}

async function writeCounts(counts: Map<string, number>, context: JobContext) {
  const gone: BulkRow[] = [];
  for (let after = ""; ; ) {
    const kept = await db.searchWord.findMany({
      where: { word: { gt: after } },
      orderBy: { word: "asc" },
      take: BATCH,
    });
    for (const { word, products } of kept) {
      const counted = counts.get(word);
      if (counted === undefined) gone.push({ word });
      else if (counted === products) counts.delete(word);
    }
    const last = kept.at(-1);
    if (!last) break;
    after = last.word;
  }
  const rows = [...counts].map(([word, products]) => ({ word, products }));
  for (const part of parts(rows))
    await inTransaction(context, (tx) => upsertRows(tx, "SearchWord", ["word"], ["products"], part));
  for (const part of parts(gone)) await inTransaction(context, (tx) => deleteRows(tx, "SearchWord", ["word"], part));
  return rows.length + gone.length;
}

/** Words nobody knew stand in at least these products; how often the others do is counted by the day. */
async function addWords(changed: Awaited<ReturnType<typeof selectChangedWordSources>>, context: JobContext) {
  const count = new WordCount(await categoryTree());
  count.add(changed);
  const rows = [...count.products].map(([word, products]) => ({ word, products }));
  for (const part of parts(rows)) {
    await inTransaction(context, (tx) => insertRows(tx, "SearchWord", part, { onConflict: "nothing" }));
  }
  return rows.length;
}

function inTransaction(context: JobContext, write: (tx: Tx) => Promise<unknown>) {
  return transaction(async (tx) => {
    await context.assertHeld(tx);
    await write(tx);
  });
}

function* parts<Row>(rows: Row[]) {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

async function versions() {
  const rows = await db.catalogueVersion.findMany({ select: { name: true, version: true } });
  const of = (name: string) => rows.find((row) => row.name === name)?.version ?? 0;
  return { products: of("products"), categories: of("categories") };
}

async function hasRunSince(since: Date) {
  const run = await db.syncHistory.findFirst({ where: { completedAt: { gt: since } }, select: { id: true } });
  return run !== null;
}

async function readState(): Promise<WordsState | null> {
  const row = await db.configuration.findUnique({ where: { key: STATE_KEY }, select: { value: true } });
  return row && wordsState.parse(JSON.parse(row.value));
}

async function writeState(tx: Tx, state: WordsState) {
  const value = JSON.stringify(state);
  await tx.configuration.upsert({
    where: { key: STATE_KEY },
    create: {
      key: STATE_KEY,
      value,
      description: "How far the words are learnt",
      dataType: "json",
      category: "search",
    },
    update: { value },
    select: { key: true },
  });
}
