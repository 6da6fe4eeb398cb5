import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { chooseIcon } from "@/lib/icons/activate";
import { getCategoryIcons } from "@/lib/icons/category-icons";
import { getIcon } from "@/lib/icons/get-icon";
import type { ORIGINS, SHELVES } from "@/lib/icons/icon-search";
import { type IconRow, listIcons } from "@/lib/icons/list-icons";
import { iso } from "./fields";
import type { listIconsEndpoint, putCategoryIconEndpoint } from "./icons";

export async function listIconsJson(actor: Actor, query: z.output<typeof listIconsEndpoint.query>) {
  const { category_id: category, cursor: before, per_page: size, show, origin, ...rest } = query;
  // Words of the same tables.
  const search = { ...rest, show: show as keyof typeof SHELVES, origin: origin as keyof typeof ORIGINS | undefined };
  const page = await listIcons(actor, { ...search, category, before, after: undefined }, size);
  return { data: page.rows.map(iconRowJson), total: page.total, next_cursor: page.older };
}

export async function iconDetailJson(actor: Actor, id: string) {
  const icon = await getIcon(actor, id);
  const { fileHash, fileSize: bytes, format, color, background, origin } = icon;
  const sha256 = icon.storagePath === "" ? null : fileHash;
  return {
    ...iconRowJson(icon),
    ...{ sha256, bytes, format, color, background, origin },
    made_by: icon.madeBy,
    rejection: icon.rejection?.reason ?? null,
    generations: icon.generations.map((one) => ({
      ...{ id: one.id, batch: one.batch.number, provider: one.provider, prompt: one.prompt, seconds: one.seconds },
      ...{ from_cache: one.isFromCache, cost_micros: one.costMicros, by: one.by, created_at: iso(one.createdAt) },
    })),
    shown_by: icon.uses.map(({ categoryId, category, at, by }) => ({
      ...{ category_id: categoryId, category, since: iso(at), by },
    })),
  };
}

export async function putCategoryIcon(
  actor: Actor,
  categoryId: string,
  body: z.output<typeof putCategoryIconEndpoint.body>,
) {
  const seenIconId = body.seen_icon_id === undefined ? await shownNow(actor, categoryId) : body.seen_icon_id;
  const { isChanged } = await chooseIcon(actor, { categoryId, iconId: body.icon_id, seenIconId });
  return { category_id: categoryId, icon_id: body.icon_id, changed: isChanged };
}

async function shownNow(actor: Actor, categoryId: string) {
  return (await getCategoryIcons(actor, categoryId)).shownId;
}

type Told = Pick<
  IconRow,
  | "id"
  | "filename"
  | "category"
  | "isShown"
  | "reviewState"
  | "fileMissing"
  | "prompt"
  | "style"
  | "model"
  | "width"
  | "height"
  | "version"
  | "createdAt"
>;

function iconRowJson({ category, isShown, reviewState, fileMissing, createdAt, ...icon }: Told) {
  const { id, filename, prompt, style, model, width, height, version } = icon;
  return {
    ...{ id, filename, category_id: category?.id ?? null, category_path: category?.path ?? null },
    ...{ active: isShown, review: reviewState, file_missing: fileMissing },
    ...{ prompt, style, model, width, height, version, created_at: iso(createdAt) },
  };
}
