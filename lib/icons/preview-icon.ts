import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { composeIcon } from "./built-in/compose-icon";
import { iconLook } from "./icon-look";
import { readIconSettings } from "./icon-settings";

export const previewIconInput = z.object({
  category: z.uuid(),
  style: iconLook.shape.style,
  color: iconLook.shape.color,
  background: iconLook.shape.background,
  variation: z.coerce.number().int().min(1).max(8).default(1),
});

/** Pixels, both ways: a preview is looked at in half of them. */
const PREVIEW_SIZE = 128;

/** What the built-in generator would draw for a category; nothing is kept. @throws {AppError} `not_found` */
export async function previewIcon(actor: Actor, input: z.output<typeof previewIconInput>): Promise<Buffer> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  const node = tree.byId.get(input.category);
  if (!node) throw new AppError("not_found", "This category is not there any more.");
  const { style, background, variation } = input;
  const color = input.color === "brand" ? (await readIconSettings(db)).brandColor : input.color;
  const path = trail(tree, node).map(({ name }) => name);
  const { png } = await composeIcon(path, { style, background, color, size: PREVIEW_SIZE }, variation);
  return png;
}
