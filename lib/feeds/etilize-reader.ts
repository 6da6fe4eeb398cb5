import { etilizeCategories } from "./etilize-categories";
import { checkEtilize } from "./etilize-checks";
import { etilizeDefinitions } from "./etilize-definitions";
import { type EtilizeTables, loadEtilizeFile } from "./etilize-load";
import { etilizeProducts } from "./etilize-products";
import { EtilizeStore } from "./etilize-store";
import { type EtilizeTable, etilizeTableOf } from "./etilize-tables";
import { FeedError } from "./feed-error";
import type { FeedRecord, ReaderInput } from "./feed-record";
import { inBatches } from "./record-batches";
import { openSourceFiles, type SourceFile } from "./source-files";

/**
 * Etilize's content feed: headerless tables in many files of many zips, joined by product id. They are loaded into a
 * throw-away database first, so that memory doesn't grow with the feed.
 */
export async function* readEtilize(input: ReaderInput): AsyncGenerator<FeedRecord[]> {
  const files = await openSourceFiles(input, (name) => etilizeTableOf(name) !== null);
  const tableOf = (file: SourceFile) => etilizeTableOf(file.name);
  requireTables(new Set(files.map(tableOf)));

  const store = new EtilizeStore(input.scratchFolder);
  try {
    const tables: EtilizeTables = {
      store,
      files,
      manufacturers: new Map(),
      attributeNames: new Map(),
      attributeStats: new Map(),
      categories: [],
      categoryNames: new Map(),
      refusedIds: new Set(),
    };
    const bytesTotal = files.reduce((sum, file) => sum + file.textBytes, 0);
    let bytesBefore = 0;
    for (const [index, file] of files.entries()) {
      const table = tableOf(file);
      if (!table) continue;
      for await (const records of loadEtilizeFile(tables, index, table, input.signal))
        yield records.map((record) =>
          record.record === "progress" ? { ...record, bytesRead: bytesBefore + record.bytesRead, bytesTotal } : record,
        );
      bytesBefore += file.textBytes;
    }
    store.index();
    yield* inBatches(checkEtilize(tables));
    const definitions = etilizeDefinitions(tables.attributeNames, tables.attributeStats, input.knownDefinitions);
    yield* inBatches(definitions.values());
    yield* inBatches(etilizeCategories(tables.categories, tables.categoryNames, files));
    yield* inBatches(etilizeProducts(tables, definitions));
  } finally {
    store.close();
  }
}

/** @throws {FeedError} when a table is missing without which the others mean nothing. */
function requireTables(present: Set<EtilizeTable | null>) {
  if (!present.has("product"))
    throw new FeedError("There is no EN_US_B_product.csv in what was received: this is not an Etilize feed.");
  if (present.has("attribute") && !present.has("attributeName"))
    throw new FeedError("The feed has attributes but not EN_US_attributenames.csv, which names them. Send it too.");
  if (present.has("category") && !present.has("categoryName"))
    throw new FeedError("The feed has categories but not EN_US_categorynames.csv, which names them. Send it too.");
}
