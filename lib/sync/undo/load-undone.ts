import "server-only";
import { z } from "zod";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { KEY_ALIAS } from "../match";
import type { AppliedChange, UndoneRun } from "./undo-plan";

const hashes = z.record(z.string(), z.string());

const itemRow = {
  id: true,
  externalKey: true,
  contentHash: true,
  fieldHashes: true,
  missingRuns: true,
  missingSinceRunId: true,
  tombstonedAt: true,
} satisfies Prisma.SourceItemSelect;

export type UndoneItem = Awaited<ReturnType<typeof loadItems>> extends Map<string, infer Item> ? Item : never;

/** What the run's source remembers of the changes' items, by their external key. */
export async function loadItems(on: Reader, run: UndoneRun, changes: AppliedChange[]) {
  const [first] = changes;
  const { sourceId } = run;
  if (!first || sourceId === null) return new Map<string, never>();
  const { entity } = first;
  const keys = changes.map((change) => change.externalKey);
  const rows = await inParts(keys, (part) =>
    on.sourceItem.findMany({ where: { sourceId, entity, externalKey: { in: part } }, select: itemRow }),
  );
  return new Map(rows.map((row) => [row.externalKey, { ...row, fieldHashes: hashes.parse(row.fieldHashes) }]));
}

/** Of products that the run created, why each can't go again, where something else leans on it: {productId: words}. */
export async function loadLeaners(on: Reader, run: UndoneRun, created: AppliedChange[]): Promise<Map<string, string>> {
  const leaners = new Map<string, string>();
  const keyOf = new Map(created.flatMap((change) => (change.entityId ? [[change.entityId, change.externalKey]] : [])));
  const productIds = [...keyOf.keys()];
  const aliases = await inParts(productIds, (part) =>
    on.codeAlias.findMany({
      where: { productId: { in: part } },
      select: { productId: true, sourceId: true, type: true, normalized: true },
    }),
  );
  for (const { productId, sourceId, type, normalized } of aliases) {
    // The answer that made the product goes with it: its row is a question again.
    const isItsOwn = sourceId === run.sourceId && type === KEY_ALIAS && normalized === keyOf.get(productId ?? "");
    if (productId && !isItsOwn) leaners.set(productId, "an answer about a code points to it");
  }
  const items = await inParts(productIds, (part) =>
    on.sourceItem.findMany({
      where: { productId: { in: part }, ...(run.sourceId === null ? {} : { sourceId: { not: run.sourceId } }) },
      select: { productId: true, source: { select: { name: true } } },
    }),
  );
  for (const { productId, source } of items) {
    if (productId) leaners.set(productId, `${source.name} speaks of it too`);
  }
  return leaners;
}

/** Handles among `handles` that products have, with whose they are. */
export async function loadHandles(on: Reader, handles: string[]): Promise<Map<string, string>> {
  const rows = await inParts(handles, (part) =>
    on.product.findMany({ where: { handle: { in: part } }, select: { id: true, handle: true } }),
  );
  return new Map(rows.map((row) => [row.handle ?? "", row.id]));
}
