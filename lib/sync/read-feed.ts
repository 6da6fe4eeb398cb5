import "server-only";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { FeedError } from "@/lib/feeds/feed-error";
import type { FeedRecord } from "@/lib/feeds/feed-record";
import { KeyTable } from "@/lib/feeds/key-table";
import { loadMapping } from "@/lib/feeds/mapping/load-mapping";
import { mapRecords } from "@/lib/feeds/mapping/map-records";
import { readerOf } from "@/lib/feeds/readers";
import { withScratchFolder } from "@/lib/feeds/scratch-folder";
import type { FeedSource } from "@/prisma/generated/sqlite/client";

/**
 * Hands a source's files as a stream of records to `work`, as its mapping has them: that version, else the one in force.
 * `keys` numbers the products' keys, as far as the reader does.
 * A record may ask for its row's original text until `work` is done; the reader's working files are removed then.
 * @throws {AppError} `invalid_input` with the reader's sentence when a file can't be used
 */
export async function withFeed<T>(
  source: Pick<FeedSource, "id" | "kind"> & { mappingVersion?: number | null },
  files: { path: string; name: string }[],
  signal: AbortSignal,
  work: (records: AsyncIterable<FeedRecord[]>, keys: KeyTable) => Promise<T>,
): Promise<T> {
  return withScratchFolder(async (scratchFolder) => {
    const [knownDefinitions, mapping] = await Promise.all([
      knownDefinitionsOf(source.kind),
      loadMapping(source.id, source.mappingVersion),
    ]);
    const keys = new KeyTable();
    const input = { files, scratchFolder, knownDefinitions, mapping: mapping?.mapping, keys, signal };
    const records = readerOf(source.kind)(input);
    return work(inWords(mapRecords(records, source.kind, mapping?.mapping ?? null, knownDefinitions)), keys);
  });
}

/** A feed that can't be read is the sender's matter: its sentence goes to the person as it is. */
async function* inWords(records: AsyncIterable<FeedRecord[]>) {
  try {
    yield* records;
  } catch (error) {
    if (error instanceof FeedError) throw new AppError("invalid_input", error.message, { cause: error });
    throw error;
  }
}

/** The keys that earlier runs gave to this format's attributes. */
async function knownDefinitionsOf(kind: string) {
  const known = await db.metafieldDefinition.findMany({
    where: { externalKey: { startsWith: `${kind}:` } },
    select: { externalKey: true, namespace: true, key: true, type: true },
  });
  return new Map(
    known.map(({ externalKey, ...definition }) => [externalKey?.slice(kind.length + 1) ?? "", definition]),
  );
}
