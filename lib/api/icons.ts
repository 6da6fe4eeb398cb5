import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { chooseIcon } from "@/lib/icons/activate";
import { getCategoryIcons } from "@/lib/icons/category-icons";
import { getIcon } from "@/lib/icons/get-icon";
import { ORIGINS, SHELVES } from "@/lib/icons/icon-search";
import { ICON_SIZES, type IconSize } from "@/lib/icons/icon-store";
import { type IconRow, listIcons } from "@/lib/icons/list-icons";
import { endpoint } from "./endpoint";
import { ids, iso, text, time } from "./fields";

const iconFields = {
  id: z.uuid(),
  filename: z.string(),
  category_id: z.uuid().nullable().describe("Null: it waits in the library to be assigned."),
  category_path: z.string().nullable(),
  active: z.boolean().describe("It stands for its category."),
  review: z.enum(["pending", "approved", "rejected"]),
  file_missing: z.boolean().describe("Its file is gone from the disk."),
  prompt: z.string(),
  style: z.string(),
  model: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  version: z.int(),
  created_at: time,
};
const iconJson = z.object(iconFields).meta({ id: "Icon" });

const wordsOf = (names: object) => z.enum(Object.keys(names) as [string, ...string[]]);

export const listIconsEndpoint = endpoint({
  method: "get",
  path: "/api/icons",
  tag: "Icons",
  summary: "Lists icons, newest first",
  query: z.object({
    show: wordsOf(SHELVES).default("all").describe("Which shelf of the library."),
    q: text(100).default("").describe("A part of the prompt, the file's name, the category's or the model's."),
    category_id: z.uuid().optional().describe("With those below it."),
    origin: wordsOf(ORIGINS).optional(),
    model: text(100).default(""),
    style: text(100).default(""),
    batch: z.coerce.number<string>("Send a batch's number.").int().min(1).optional(),
    per_page: z.coerce.number<string>("Send a whole number.").int().min(1).max(200).default(50),
    cursor: z.uuid("This is no cursor.").optional().describe("The `next_cursor` of the page before."),
  }),
  answer: {
    json: z.object({
      data: z.array(iconJson),
      total: z.int().min(0),
      next_cursor: z.uuid().nullable().describe("Null on the last page."),
    }),
  },
});

export const getIconEndpoint = endpoint({
  method: "get",
  path: "/api/icons/{id}",
  tag: "Icons",
  summary: "Gives what is known of one icon: how it was made, and where it was shown",
  ...ids,
  answer: {
    json: z
      .object({
        ...iconFields,
        sha256: z.string().nullable().describe("Null: there never was a file."),
        bytes: z.int(),
        format: z.string().nullable(),
        color: z.string(),
        background: z.string(),
        made_by: z.string(),
        origin: wordsOf(ORIGINS),
        rejection: z.string().nullable().describe("Why it was rejected."),
        generations: z.array(
          z.object({
            id: z.uuid(),
            batch: z.int(),
            provider: z.string(),
            prompt: z.string(),
            from_cache: z.boolean(),
            seconds: z.number().nullable(),
            cost_micros: z.int().nullable().describe("Millionths of the endpoint's currency unit."),
            by: z.string(),
            created_at: time,
          }),
        ),
        shown_by: z.array(
          z.object({ category_id: z.uuid().nullable(), category: z.string(), since: time, by: z.string() }),
        ),
      })
      .meta({ id: "IconDetail" }),
  },
  refusals: ["not_found"],
});

export const getIconFileEndpoint = endpoint({
  method: "get",
  path: "/api/icons/{id}/file",
  tag: "Icons",
  summary: "Gives an icon's picture, which never changes",
  ...ids,
  query: z.object({
    size: z
      .enum(ICON_SIZES.map(String))
      .transform((size) => Number(size) as IconSize) // of the enumerated
      .optional()
      .describe("A WebP of at most so many pixels both ways."),
  }),
  answer: { media: ["image/*"] },
  refusals: ["not_found"],
});

export const postIconEndpoint = endpoint({
  method: "post",
  path: "/api/icons",
  tag: "Icons",
  summary: "Takes an icon as the raw body: PNG, WebP, JPEG or SVG, up to 5 MB",
  description:
    "The very same picture again is refused. One that looks like others is not kept either, unless `anyway` is true: the answer then names them.",
  query: z.object({
    name: text(200).min(1, "Send the file's name."),
    category_id: z.uuid().optional().describe("Without it, it waits in the library to be assigned."),
    activate: z.enum(["true", "false"]).default("false").describe("It stands for its category at once."),
    anyway: z.enum(["true", "false"]).default("false").describe("Also where it looks like another."),
  }),
  answer: {
    json: z
      .object({
        icon_id: z.uuid().nullable(),
        alike: z.array(
          z.object({ id: z.uuid(), filename: z.string(), distance: z.int().describe("Bits of 64 that differ.") }),
        ),
      })
      .meta({ id: "IconUploaded" }),
  },
  refusals: ["conflict", "not_found", "too_large"],
});

export const putCategoryIconEndpoint = endpoint({
  method: "put",
  path: "/api/categories/{id}/icon",
  tag: "Icons",
  summary: "Makes an icon the one that stands for a category, or none",
  ...ids,
  body: z.object({
    icon_id: z.uuid().nullable().describe("Null: it shows none. An earlier one: that is a roll back."),
    seen_icon_id: z
      .uuid()
      .nullable()
      .optional()
      .describe("What stands for it as far as you know: another one is not replaced. Left out, any is."),
  }),
  answer: {
    json: z
      .object({ category_id: z.uuid(), icon_id: z.uuid().nullable(), changed: z.boolean() })
      .meta({ id: "CategoryIcon" }),
  },
  refusals: ["not_found", "conflict"],
});

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
