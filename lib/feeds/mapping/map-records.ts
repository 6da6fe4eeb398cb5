import type { FeedKind, FeedProduct, FeedRecord, FeedRejection, ReaderInput } from "../feed-record";
import { isIdentity, type Mapping } from "../mapping";
import type { RowProblem } from "../rows";
import { RowMapper } from "./row-mapper";

/** The records of a reader as a source's mapping wants them; the very same stream where it wants nothing else. */
export function mapRecords(
  records: AsyncIterable<FeedRecord[]>,
  kind: FeedKind,
  mapping: Mapping | null,
  known: ReaderInput["knownDefinitions"],
): AsyncIterable<FeedRecord[]> {
  // The reader of mapped lists does its own: keys and codes must be told apart after mapping.
  if (!mapping || kind === "csv" || kind === "category_json" || isIdentity(mapping)) return records;
  return mapped(records, new RowMapper(mapping, kind, known));
}

async function* mapped(batches: AsyncIterable<FeedRecord[]>, mapper: RowMapper): AsyncGenerator<FeedRecord[]> {
  const told = { definitions: false };
  for await (const records of batches) yield [...mappedOf(records, mapper, told)];
}

function* mappedOf(records: FeedRecord[], mapper: RowMapper, told: { definitions: boolean }): Generator<FeedRecord> {
  for (const record of records) {
    if (record.record === "definition") {
      if (mapper.takesDefinition(record)) yield record;
      continue;
    }
    if (record.record !== "product") {
      yield record;
      continue;
    }
    if (!told.definitions) yield* mapper.definitions();
    told.definitions = true;
    const row = mapper.map(record);
    if ("code" in row) {
      yield refusedProduct(record, row);
      continue;
    }
    yield* row.categories;
    for (const remark of row.remarks) yield remarkOn(record, remark);
    yield row.product;
  }
}

/** A product that its mapping can't take, with all its rows. */
function refusedProduct(product: FeedProduct, problem: RowProblem): FeedRejection {
  return {
    ...remarkOn(product, problem),
    severity: "error",
    counted: { as: "rejected", rows: product.rows },
  };
}

export function remarkOn(product: FeedProduct, problem: RowProblem): FeedRejection {
  return {
    record: "rejection",
    severity: "warning",
    at: product.at,
    ...problem,
    key: product.key,
    raw: product.raw?.() ?? "",
    counted: null,
  };
}
