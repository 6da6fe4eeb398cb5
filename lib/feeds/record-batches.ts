import type { FeedRecord } from "./feed-record";

/** Records told together where a reader has no measure of its own. */
const TOLD_TOGETHER = 250;

/** A reader's records, for whom the waiting is nothing. */
export async function* oneByOne(batches: AsyncIterable<FeedRecord[]>): AsyncGenerator<FeedRecord> {
  for await (const records of batches) yield* records;
}

/** Records in batches. */
export function* inBatches(records: Iterable<FeedRecord>): Generator<FeedRecord[]> {
  let batch: FeedRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < TOLD_TOGETHER) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
