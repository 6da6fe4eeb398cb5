import "server-only";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { LegacyIcon } from "./legacy-icon";
import type { CategoryMatch } from "./match-categories";

/** The audit trail's name of what an import took: so it is known of an icon that a person deleted since. */
export const LEGACY_ENTITY = "legacy icon";

export interface KnownIcon {
  id: string;
  legacyId: string | null;
  filename: string;
  fileHash: string;
  fileMissing: boolean;
  legacyCategory: string | null;
  status: string;
  reviewState: string;
  category: { id: string; name: string } | null;
}

/** What the library has of a batch of icons. */
export interface LegacyWorld {
  icons: Map<string, KnownIcon>;
  byHash: Map<string, KnownIcon>;
  /** Were taken once, and deleted by a person since. */
  deleted: Set<string>;
  /** Categories that show an icon. */
  shown: Set<string>;
  /** Categories that the matches name and that are still there. */
  categories: Set<string>;
  needsFile(legacyId: string): boolean;
}

const select = {
  ...{
    id: true,
    legacyId: true,
    filename: true,
    fileHash: true,
    fileMissing: true,
    legacyCategory: true,
    status: true,
    reviewState: true,
  },
  category: { select: { id: true, name: true } },
} as const;

export async function readLegacyWorld(
  on: Reader,
  batch: readonly LegacyIcon[],
  hashes: readonly string[],
  matches: ReadonlyMap<string, CategoryMatch> = new Map(),
): Promise<LegacyWorld> {
  const ids = batch.map(({ legacyId }) => legacyId);
  const rows = await inParts(ids, (part) => on.icon.findMany({ where: { legacyId: { in: part } }, select }));
  const same = await inParts(hashes, (part) => on.icon.findMany({ where: { fileHash: { in: part } }, select }));
  const icons = new Map(rows.map((row) => [row.legacyId ?? "", row]));
  const absent = ids.filter((id) => !icons.has(id));
  const told = await inParts(absent, (part) =>
    on.auditEntry.findMany({ where: { entity: LEGACY_ENTITY, entityId: { in: part } }, select: { entityId: true } }),
  );
  const categoryIds = [...matches.values()].flatMap(({ categoryId }) => categoryId ?? []);
  const categories = await inParts(categoryIds, (part) =>
    on.category.findMany({
      where: { id: { in: part } },
      select: { id: true, icons: { where: { status: "active" }, select: { id: true }, take: 1 } },
    }),
  );
  return {
    icons,
    byHash: new Map(same.map((row) => [row.fileHash, row])),
    deleted: new Set(told.map(({ entityId }) => entityId)),
    shown: new Set(categories.filter((one) => one.icons.length > 0).map(({ id }) => id)),
    categories: new Set(categories.map(({ id }) => id)),
    needsFile: (legacyId) => icons.get(legacyId)?.fileMissing ?? true,
  };
}
