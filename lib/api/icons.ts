import { z } from "zod";
import { ORIGINS, SHELVES } from "@/lib/icons/icon-search";
import { ICON_SIZES, type IconSize } from "@/lib/icons/icon-store";
import { endpoint } from "./endpoint";
import { ids, text, time } from "./fields";

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
