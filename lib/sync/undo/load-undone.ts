import "server-only";
import { z } from "zod";
import type { Reader } from "@/lib/db/client";
import type { AppliedChange, UndoneRun } from "./undo-plan";

const hashes = z.record(z.string(), z.string());

export type UndoneItem = Awaited<ReturnType<typeof loadItems>> extends Map<string, infer Item> ? Item : never;

/** What the run's source remembers of the changes' items, by their external key. */
export async function loadItems(on: Reader, run: UndoneRun, changes: AppliedChange[]) {
  const [first] = changes;
  if (!first) return new Map<string, never>();
  const rows = await on.sourceItem.findMany({
    where: {
      sourceId: run.sourceId,
      entity: first.entity,
      externalKey: { in: [...new Set(changes.map((change) => change.externalKey))] },
    },
    select: {
      id: true,
      externalKey: true,
      contentHash: true,
      fieldHashes: true,
      missingRuns: true,
      missingSinceRunId: true,
      tombstonedAt: true,
    },
  });
  return new Map(rows.map((row) => [row.externalKey, { ...row, fieldHashes: hashes.parse(row.fieldHashes) }]));
}

/** Of products that the run created, why each can't go again, where something else leans on it: {productId: words}. */
export async function loadLeaners(on: Reader, run: UndoneRun, productIds: string[]): Promise<Map<string, string>> {
  const leaners = new Map<string, string>();
  if (productIds.length === 0) return leaners;
  const aliases = await on.codeAlias.findMany({
    where: { productId: { in: productIds } },
    select: { productId: true },
  });
  for (const { productId } of aliases) {
    if (productId) leaners.set(productId, "an answer about a code points to it");
  }
  const items = await on.sourceItem.findMany({
    where: { productId: { in: productIds }, sourceId: { not: run.sourceId } },
    select: { productId: true, source: { select: { name: true } } },
  });
  for (const { productId, source } of items) {
    if (productId) leaners.set(productId, `${source.name} speaks of it too`);
  }
  return leaners;
}

/** Handles among `handles` that products have, with whose they are. */
export async function loadHandles(on: Reader, handles: string[]): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const rows = await on.product.findMany({ where: { handle: { in: handles } }, select: { id: true, handle: true } });
  return new Map(rows.map((row) => [row.handle ?? "", row.id]));
}
