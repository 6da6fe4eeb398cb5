import "server-only";
import { recordAudits } from "@/lib/audit";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import { type BulkRow, deleteRows, insertRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { activateIcons } from "../activate";
import type { StoredIcon } from "../icon-store";
import type { LegacyWork, NewIcon } from "./decide-legacy";
import { LEGACY_ENTITY } from "./read-world";

/** Writes what a batch comes to, with who did it. */
export async function writeLegacy(tx: Tx, actor: Actor, work: LegacyWork) {
  const now = new Date();
  await deleteRows(
    tx,
    "Icon",
    ["id"],
    work.dropped.map(({ id }) => ({ id })),
  );
  await insertRows(
    tx,
    "Icon",
    work.inserted.map((icon) => rowOf(icon, actorUserId(actor), now)),
  );
  await updateRows(
    tx,
    "Icon",
    ["id"],
    work.pickedUp.flatMap(({ id, stored, ...place }) =>
      stored ? { id, ...fileOf(stored), ...place, updatedAt: now } : [],
    ),
    ["version"],
  );
  await updateRows(
    tx,
    "Icon",
    ["id"],
    work.assigned.map(({ id, categoryId }) => ({ id, categoryId, legacyCategory: null, updatedAt: now })),
    ["version"],
  );
  await audit(tx, actor, work);
  await activateIcons(tx, actor, work.activations);
}

async function audit(tx: Tx, actor: Actor, work: LegacyWork) {
  await recordAudits(
    tx,
    actor,
    "icon.import",
    work.inserted.map(({ id, icon, filename, isMissing }) => ({
      entity: LEGACY_ENTITY,
      entityId: icon.legacyId,
      before: {},
      after: { icon: filename, iconId: id, ...(isMissing && { file: "missing" }) },
    })),
  );
  const found = work.pickedUp.map(({ id }) => [id, { file: "missing" }, { file: "there" }] as const);
  const assigned = work.assigned.map(({ id, categoryId }) => [id, { categoryId: null }, { categoryId }] as const);
  const dropped = work.dropped.map(({ id, filename }) => [id, { icon: filename, file: "missing" }, {}] as const);
  await recordAudits(
    tx,
    actor,
    "icon.import",
    [...found, ...assigned, ...dropped].map(([entityId, before, after]) => ({
      entity: "icon",
      entityId,
      before,
      after,
    })),
  );
}

function rowOf(
  { id, icon, filename, stored, categoryId, legacyCategory }: NewIcon,
  createdById: string | null,
  now: Date,
) {
  const { facts, legacyId } = icon;
  const { seconds, ...said } = facts;
  return {
    ...{ id, categoryId, legacyCategory, legacyId, filename, createdById },
    ...(stored ? fileOf(stored) : noFile(legacyId)),
    ...said,
    generationTime: seconds,
    status: "inactive",
    reviewState: "pending",
    collectionId: icon.collectionId,
    shopifyImageUrl: icon.imageUrl,
    metadata: { legacy: icon.told },
    version: 1,
    createdAt: icon.createdAt ?? now,
    updatedAt: now,
  } satisfies BulkRow;
}

function fileOf({ storagePath, fileHash, fileSize, width, height, format, perceptualHash }: StoredIcon) {
  return { storagePath, fileHash, fileSize, width, height, format, perceptualHash, fileMissing: false };
}

/** A file that isn't there has no hash: the store's key stands for it, which is as unique. */
function noFile(legacyId: string) {
  const none = { width: null, height: null, format: null, perceptualHash: null };
  return { storagePath: "", fileHash: `missing:${legacyId}`, fileSize: 0, ...none, fileMissing: true };
}
