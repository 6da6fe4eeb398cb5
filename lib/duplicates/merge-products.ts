import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { withMergedMark } from "@/lib/categories/merged-mark";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { lockProduct } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { parsePictureMetadata } from "@/lib/images/own-picture";
import type { ChangeFields } from "@/lib/sync/change";
import type { CatalogueProduct } from "@/lib/sync/diff-product";
import { personChange } from "@/lib/sync/person-run/person-change";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { writeNow } from "@/lib/sync/person-run/write-now";
import { rememberRemovedRows } from "@/lib/sync/removed-rows";
import type { MergeInput } from "./merge-input";
import { type MergedAway, planMerge } from "./plan-merge";
import { tidyGroups } from "./tidy-groups";

/**
 * Merges products into one as a run that can be undone: codes, pictures, feeds' rows and answers go over to the
 * survivor, chosen empty fields are filled, the others are archived and their addresses lead to it.
 * @throws {AppError} `conflict` when somebody else answered first, or one of them is another than was shown
 */
export async function mergeProducts(actor: Actor, input: MergeInput) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const ids = [input.survivorId, ...input.loserIds];
    // In one order, or two merges could wait for each other.
    for (const id of [...new Set(ids)].sort()) await lockProduct(tx, id);
    await assertOpen(tx, input);
    const { survivor, lines, losers } = await planMerge(tx, input);
    assertAsShown([survivor, ...losers.map(({ product }) => product)], input.versions);
    await rememberRemovedRows(
      tx,
      losers.map(({ product, lines: theirs }) => ({ entityId: product.id, lines: theirs })),
    );
    const title = `Merge ${losers.map(({ product }) => product.sku).join(", ")} into ${survivor.sku}`;
    const run = await startPersonRun(tx, actor, { kind: "merge", title, totalItems: ids.length });
    await movePictures(tx, actor, survivor.id, losers);
    for (const loser of losers) await moveBelongings(tx, loser, survivor.id);
    const gained = lines.length > 0 ? [changeOf(run.id, survivor, { update: lines })] : [];
    const left = losers.map(({ product, lines: update, rows, aliasIds, redirects }) => {
      const sourceItems = rows.map(({ id, isSilent, wasSilent }) => ({ id, isSilent: isSilent && !wasSilent }));
      return changeOf(run.id, product, {
        update,
        mergedProduct: { intoId: survivor.id, sourceItems, aliasIds, redirects },
      });
    });
    await writeNow(tx, actor, run.id, [...gained, ...left]);
    await redirect(tx, losers, survivor.id);
    await settleGroup(tx, actor, input, run.id);
    await tidyGroups(tx, input);
    const after = { run: run.number, merged: losers.map(({ product }) => product.sku).join(", ") };
    await recordAudit(tx, actor, "duplicates.merge", { entity: "DuplicateGroup", entityId: input.groupId }, { after });
    const words = `${formatPlural(losers.length, "product")} merged into ${survivor.sku}`;
    return { runId: run.id, number: run.number, survivorId: survivor.id, words };
  });
}

async function assertOpen(tx: Tx, { groupId, survivorId, loserIds }: MergeInput) {
  const group = await tx.duplicateGroup.findUnique({
    where: { id: groupId },
    select: { state: true, members: { select: { productId: true } } },
  });
  if (!group) throw new AppError("not_found", "This group is not in the report any more. Look for duplicates anew.");
  if (group.state !== "open") {
    const message = `Somebody was quicker: this group is ${group.state} already. Load the page again.`;
    throw new AppError("conflict", message);
  }
  const members = new Set(group.members.map(({ productId }) => productId));
  if (![survivorId, ...loserIds].every((id) => members.has(id))) {
    throw new AppError("invalid_input", "Only products of the group can be merged. Load the page again.");
  }
}

function assertAsShown(products: CatalogueProduct[], versions: Record<string, number>) {
  const moved = products.filter(({ id, version }) => versions[id] !== version).map(({ sku }) => sku);
  if (moved.length === 0) return;
  const message = `${moved.join(", ")} changed since you looked. Nothing was merged: look at the preview again.`;
  throw new AppError("conflict", message);
}

function changeOf(runId: string, { id, sku, version, fields }: CatalogueProduct, change: ChangeFields) {
  const name = String(fields.name ?? "");
  const row = personChange(runId, { id, label: sku, name, version }, change.update ?? [], "approved");
  return { ...row, entityId: id, fields: change };
}

/** The rows themselves go over, files and all: behind the survivor's own, none of them first. */
async function movePictures(tx: Tx, actor: Actor, survivorId: string, losers: MergedAway[]) {
  const pictures = losers.flatMap((loser) => loser.pictures);
  if (pictures.length === 0) return;
  const { _max } = await tx.productImage.aggregate({ where: { productId: survivorId }, _max: { sortOrder: true } });
  const rows = await tx.productImage.findMany({
    where: { id: { in: pictures.map(({ id }) => id) } },
    select: { id: true, metadata: true },
  });
  const metadataOf = new Map(rows.map(({ id, metadata }) => [id, parsePictureMetadata(metadata ?? {})]));
  const now = new Date();
  const by = { id: actorUserId(actor) ?? "system", at: now.toISOString() };
  await updateRows(
    tx,
    "ProductImage",
    ["id"],
    pictures.map(({ id, url, as }, at) => {
      const metadata = { ...metadataOf.get(id), ...(as.url === url ? {} : { by, address: url }) };
      const sortOrder = (_max.sortOrder ?? -1) + 1 + at;
      return { id, productId: survivorId, ...as, sortOrder, isFeatured: false, metadata, updatedAt: now };
    }),
  );
}

async function moveBelongings(tx: Tx, { rows, aliasIds, product, redirects }: MergedAway, intoId: string) {
  const items = await tx.sourceItem.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: { id: true, fieldHashes: true },
  });
  const silent = new Set(rows.filter(({ isSilent }) => isSilent).map(({ id }) => id));
  const now = new Date();
  await updateRows(
    tx,
    "SourceItem",
    ["id"],
    items.map(({ id, fieldHashes }) => ({
      id,
      productId: intoId,
      fieldHashes: withMergedMark(fieldHashes, silent.has(id)),
      updatedAt: now,
    })),
  );
  await tx.codeAlias.updateMany({ where: { id: { in: aliasIds } }, data: { productId: intoId } });
  await tx.productRedirect.updateMany({
    where: { productId: { in: redirects }, targetId: product.id },
    data: { targetId: intoId },
  });
}

function redirect(tx: Tx, losers: MergedAway[], targetId: string) {
  const createdAt = new Date();
  return insertRows(
    tx,
    "ProductRedirect",
    losers.map(({ product }) => ({ productId: product.id, targetId, createdAt })),
  );
}

async function settleGroup(tx: Tx, actor: Actor, { groupId }: MergeInput, runId: string) {
  const data = { state: "merged" as const, answeredById: actorUserId(actor), answeredAt: new Date(), runId };
  const { count } = await tx.duplicateGroup.updateMany({ where: { id: groupId, state: "open" }, data });
  if (count === 0) throw new AppError("conflict", "Somebody was quicker with this group. Load the page again.");
}
