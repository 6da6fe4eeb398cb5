import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { v7 as uuid } from "uuid";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { loadSharp } from "@/lib/images/inspect-picture";
import { withPngText } from "./built-in/png-text";
import { findDuplicate, type StoredIcon, storeIcon } from "./icon-store";

/** An icon's picture as a file of another category's own: an icon stands for one category. */
export interface IconCopy {
  categoryId: string;
  stored: StoredIcon;
  of: { id: string; filename: string; prompt: string; style: string; color: string; background: string; model: string };
}

/**
 * Keeps copies of an icon for the categories that show one of some others and are not its own. Files alone: what comes
 * to nothing goes with the next clean-up. For functions of `lib` that checked the actor.
 * @throws {AppError} `conflict` when the icon's file is gone
 */
export async function keepCopies(id: string, othersIds: readonly string[]): Promise<Map<string, IconCopy>> {
  const of = await db.icon.findUnique({
    where: { id },
    select: {
      ...{ id: true, filename: true, prompt: true, style: true, color: true, background: true, model: true },
      ...{ storagePath: true, categoryId: true },
    },
  });
  const shown = await db.icon.findMany({
    where: { id: { in: [...othersIds] }, status: "active", categoryId: { not: null } },
    select: { categoryId: true },
  });
  const categoryIds = shown.flatMap(({ categoryId }) => categoryId ?? []).filter((one) => one !== of?.categoryId);
  const copies = new Map<string, IconCopy>();
  if (!of || categoryIds.length === 0) return copies;
  const png = await readPng(of);
  const tree = await categoryTree();
  for (const categoryId of categoryIds) {
    const node = tree.byId.get(categoryId);
    if (!node) continue;
    const path = trail(tree, node).map(({ name }) => name);
    const { storagePath: _, categoryId: __, ...facts } = of;
    const stored = await storeIcon(withPngText(png, "Title", path.join(" > ")));
    copies.set(categoryId, { categoryId, stored, of: facts });
  }
  return copies;
}

/** The copy's row; the one there is where it was made before. Gives its id. */
export async function writeCopy(tx: Tx, actor: Actor, { categoryId, stored, of }: IconCopy): Promise<string> {
  const known = await findDuplicate(stored.fileHash, tx);
  if (known) return known.id;
  const { id: copyOf, filename, ...look } = of;
  const stem = filename.replace(/\.[a-z0-9]{1,5}$/i, "");
  const data = { ...stored, ...look, id: uuid(), filename: `${stem}.png`, categoryId, createdById: actorUserId(actor) };
  await tx.icon.create({ data: { ...data, metadata: { copyOf } }, select: { id: true } });
  const after = { icon: data.filename, of: filename };
  await recordAudit(tx, actor, "icon.copy", { entity: "icon", entityId: data.id }, { after });
  return data.id;
}

async function readPng({ storagePath, filename }: { storagePath: string; filename: string }): Promise<Buffer> {
  const path = join(env().dataFolder, storagePath);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError("conflict", `${filename} has lost its file. Keep another one.`, { cause });
  });
  const sharp = await loadSharp();
  return sharp(bytes).png({ compressionLevel: 9 }).toBuffer();
}
