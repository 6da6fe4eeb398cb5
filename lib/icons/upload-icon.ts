import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { assertSize } from "@/lib/images/image-store";
import { PictureError } from "@/lib/images/picture-error";
import { isDrawing, otherTypeInWords, pictureTypeOf } from "@/lib/images/picture-type";
import { activateIcon } from "./activate";
import { findDuplicate, findLookAlikes, type StoredIcon, storeIcon } from "./icon-store";
import { UPLOAD_LIMIT_BYTES } from "./upload-limit";

/** Both ways, in pixels: nothing can be told on a smaller one. */
const SMALLEST = 16;
const TAKEN = ["png", "webp", "jpeg"];

export const uploadIconInput = z.object({
  name: z.string().trim().min(1).max(200),
  /** Null: it waits in the library to be assigned. */
  categoryId: z.uuid().nullable(),
  /** It stands for its category at once. */
  isActivated: z.boolean(),
  /** The person has seen the look-alikes and wants this one all the same. */
  isWantedAnyway: z.boolean(),
});
type Upload = z.output<typeof uploadIconInput> & { bytes: Uint8Array };

export type UploadedIcon =
  | { kind: "kept"; iconId: string }
  /** Nothing was kept: these look like it. */
  | { kind: "alike"; alikes: { id: string; filename: string; distance: number }[] };

/**
 * Takes a person's own icon: a PNG, WebP, JPEG or SVG, which is drawn into a PNG.
 * @throws {AppError} `conflict` with the id of the icon that is this very picture; PictureError for what is no picture,
 * damaged or too large
 */
export async function uploadIcon(actor: Actor, { bytes, ...input }: Upload): Promise<UploadedIcon> {
  assertCan(actor, "catalog:write");
  assertTaken(bytes);
  const kept = await storeIcon(bytes);
  assertLarge(kept);
  await assertNew(kept, db);
  if (!input.isWantedAnyway) {
    const alikes = await alikesOf(kept);
    if (alikes.length > 0) {
      // What looks like it may be this very picture, sent by somebody a moment ago.
      await assertNew(kept, db);
      return { kind: "alike", alikes };
    }
  }
  return { kind: "kept", iconId: await insert(actor, input, kept) };
}

function assertTaken(bytes: Uint8Array) {
  assertSize(bytes.length, UPLOAD_LIMIT_BYTES);
  const type = pictureTypeOf(bytes);
  if (isDrawing(bytes) || (type && TAKEN.includes(type))) return;
  const what = type ? `${type === "avif" ? "an" : "a"} ${type.toUpperCase()}` : otherTypeInWords(bytes);
  throw new PictureError(`It is ${what}. Expected is a PNG, WebP, JPEG or SVG.`);
}

function assertLarge({ width, height }: StoredIcon) {
  if (Math.min(width, height) >= SMALLEST) return;
  throw new PictureError(`It has ${width} × ${height} pixels. An icon needs ${SMALLEST} × ${SMALLEST} at least.`);
}

async function assertNew({ fileHash }: StoredIcon, on: Tx | typeof db) {
  const same = await findDuplicate(fileHash, on);
  if (!same) return;
  const message = `This very picture is in the library already: ${same.filename}. Use that one.`;
  throw new AppError("conflict", message, { details: { iconId: same.id } });
}

async function alikesOf({ perceptualHash }: StoredIcon) {
  const found = await findLookAlikes(perceptualHash);
  const rows = await db.icon.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: { id: true, filename: true },
  });
  const nameOf = new Map(rows.map(({ id, filename }) => [id, filename]));
  return found.flatMap(({ id, distance }) => {
    const filename = nameOf.get(id);
    return filename === undefined ? [] : [{ id, filename, distance }];
  });
}

function insert(actor: Actor, input: z.output<typeof uploadIconInput>, kept: StoredIcon): Promise<string> {
  return transaction(async (tx) => {
    await lockName(tx, "category icons");
    await assertNew(kept, tx);
    const { categoryId, isActivated } = input;
    const category = categoryId && (await tx.category.findUnique({ where: { id: categoryId }, select: { id: true } }));
    if (categoryId && !category) throw new AppError("not_found", "This category is not there any more.");
    const filename = cleanName(input.name, kept.format);
    const { id } = await tx.icon.create({
      // What a person brings they have looked at.
      data: { ...kept, filename, categoryId, reviewState: "approved", createdById: actorUserId(actor) },
      select: { id: true },
    });
    await recordAudit(tx, actor, "icon.upload", { entity: "icon", entityId: id }, { after: { icon: filename } });
    if (categoryId && isActivated) await activateIcon(tx, actor, { categoryId, iconId: id });
    return id;
  });
}

/** A drawing is kept as a PNG, and is called one. */
function cleanName(name: string, format: string) {
  const stem = name
    .replace(/^.*[/\\]/, "")
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .replace(/[^\p{L}\p{N}._ -]+/gu, "_")
    .slice(-100);
  return `${stem || "icon"}.${format === "jpeg" ? "jpg" : format}`;
}
