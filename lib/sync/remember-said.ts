import "server-only";
import { type BulkRow, upsertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { SourceItemRow } from "@/lib/db/source-items";
import { setChangeFields } from "@/lib/db/sync-changes";
import { type ChangeFields, changeLines } from "./change";
import { valueHashes } from "./item-hash";
import { saidBefore } from "./said-before";
import { COMPARE_ANEW, hashName } from "./undo/undo-plan";

interface SpokenChange {
  id: number;
  entity: "product" | "category";
  entityId: string | null;
  externalKey: string;
  action: string;
  fields: ChangeFields;
}

/**
 * Remembers what the source said, so that the same words next time are no change. Where its memory is another one since
 * the change was staged (an undo, another run), it remembers only what this change brought in: the next feed is compared
 * anew, or what it says beyond would never be offered.
 */
export async function rememberSaid(tx: Tx, run: { sourceId: string }, applied: SpokenChange[]) {
  const spoken = applied.filter((change) => change.entityId && change.fields.said);
  const moved = await movedMemories(tx, run.sourceId, spoken);
  const now = new Date();
  const rows = spoken.map((change): BulkRow => {
    const fields = moved.get(change.id) ?? change.fields;
    return {
      sourceId: run.sourceId,
      entity: change.entity,
      externalKey: change.externalKey,
      productId: change.entity === "product" ? change.entityId : null,
      categoryId: change.entity === "category" ? change.entityId : null,
      contentHash: fields.said?.contentHash ?? COMPARE_ANEW,
      fieldHashes: hashesOf(fields),
      missingRuns: 0,
      missingSinceRunId: null,
      tombstonedAt: null,
      createdAt: now,
      updatedAt: now,
    };
  });
  const key = ["sourceId", "entity", "externalKey"];
  const changing = [
    "productId",
    "categoryId",
    "contentHash",
    "fieldHashes",
    "missingRuns",
    "missingSinceRunId",
    "tombstonedAt",
    "updatedAt",
  ];
  await upsertRows(tx, "SourceItem", key, changing, rows);
  await setChangeFields(
    tx,
    [...moved].map(([changeId, fields]) => ({ changeId, fields })),
  );
}

function hashesOf({ said, product }: ChangeFields) {
  return { ...(said?.withColumns && product ? valueHashes(product.fields) : {}), ...said?.fieldHashes };
}

/** Of changes whose source remembers something else than when they were staged: what they say of it now, by their id. */
async function movedMemories(tx: Tx, sourceId: string, spoken: SpokenChange[]): Promise<Map<number, ChangeFields>> {
  const moved = new Map<number, ChangeFields>();
  for (const entity of ["product", "category"] as const) {
    // What is created is spoken of for the first time.
    const changes = spoken.filter((change) => change.entity === entity && change.action === "update");
    const where = (part: string[]) => ({ sourceId, entity, externalKey: { in: part } });
    const keys = changes.map((change) => change.externalKey);
    const stored = await inParts(keys, (part) =>
      tx.sourceItem.findMany({ where: where(part), select: { externalKey: true, contentHash: true } }),
    );
    const hashes = new Map(stored.map((item) => [item.externalKey, item.contentHash]));
    const others = changes.filter(
      ({ externalKey, fields }) => (hashes.get(externalKey) ?? null) !== (fields.saidBefore?.contentHash ?? null),
    );
    if (others.length === 0) continue;
    const items = await inParts(
      others.map((change) => change.externalKey),
      (part) => tx.sourceItem.findMany({ where: where(part) }),
    );
    const itemOf = new Map(
      items.map((item) => [item.externalKey, { ...item, fieldHashes: hashMap(item.fieldHashes) }]),
    );
    for (const { id, externalKey, fields } of others) moved.set(id, restated(fields, itemOf.get(externalKey)));
  }
  return moved;
}

function hashMap(stored: unknown): Record<string, string> {
  return (stored ?? {}) as Record<string, string>; // as rememberSaid wrote it
}

function restated(fields: ChangeFields, item: SourceItemRow | undefined): ChangeFields {
  const names = new Set(changeLines(fields).map((line) => hashName(line.field)));
  const says = Object.fromEntries(Object.entries(fields.said?.fieldHashes ?? {}).filter(([name]) => names.has(name)));
  return {
    ...fields,
    said: { contentHash: COMPARE_ANEW, fieldHashes: { ...item?.fieldHashes, ...says } },
    saidBefore: item ? saidBefore(item, says) : null,
  };
}
