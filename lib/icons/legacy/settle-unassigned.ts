import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { log } from "@/lib/log";
import { decideLegacy } from "./decide-legacy";
import { readLegacyIcon } from "./legacy-icon";
import { matchCategories } from "./match-categories";
import { readLegacyWorld } from "./read-world";
import { writeLegacy } from "./write-legacy";

/** Icons settled in one transaction. */
const BATCH = 100;
const BY: Actor = { kind: "system", name: "Earlier icons" };

/** The tree as it was when this process last looked: while it stays so, no icon finds its category. */
let seenVersion: number | null = null;

/**
 * Gives icons of an earlier system to their categories once those are there, as an import would: they came before, and
 * nobody has to import the store again. While a feed is being read the tree is half made, and they wait. Gives how many
 * have a category by now.
 */
export async function settleUnassigned(): Promise<number> {
  const tree = await db.catalogueVersion.findUnique({ where: { name: "categories" }, select: { version: true } });
  const version = tree?.version ?? 0;
  if (version === seenVersion || (await db.syncHistory.count({ where: { status: "running" } })) > 0) return 0;
  let settled = 0;
  for (let after = ""; ; ) {
    const rows = await db.icon.findMany({
      where: {
        ...{ id: { gt: after }, legacyId: { not: null }, legacyCategory: { not: null } },
        ...{ categoryId: null, fileMissing: false, status: "inactive" },
      },
      select: { id: true, legacyId: true, metadata: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    settled += await settle(rows.flatMap(({ legacyId, metadata }) => iconOf(legacyId, metadata) ?? []));
  }
  seenVersion = version;
  if (settled > 0) log.info("icons.legacy-settled", { icons: settled });
  return settled;
}

type Waiting = NonNullable<ReturnType<typeof iconOf>>;

async function settle(batch: Waiting[]): Promise<number> {
  const matches = await matchCategories(batch);
  const found = batch.filter(({ legacyId }) => matches.get(legacyId)?.categoryId);
  if (found.length === 0) return 0;
  return transaction(async (tx) => {
    await lockName(tx, "category icons");
    const world = await readLegacyWorld(tx, found, [], matches);
    const before = { hashes: new Map(), shown: new Set<string>() };
    const work = decideLegacy({ batch: found, files: new Map(), matches, world, before });
    // What was deleted or has lost its file meanwhile is for an import to tell.
    await writeLegacy(tx, BY, { ...work, inserted: [] });
    return work.assigned.length;
  });
}

/** What its store said of it. */
function iconOf(legacyId: string | null, metadata: unknown) {
  const told = metadata && typeof metadata === "object" && "legacy" in metadata ? metadata.legacy : null;
  const read = readLegacyIcon(legacyId ?? "", told);
  return "icon" in read ? read.icon : null;
}
