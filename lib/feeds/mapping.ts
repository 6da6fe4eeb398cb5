import { z } from "zod";
import { METAFIELD_TYPES, type MetafieldType, metafieldType } from "@/lib/metafields/types";
import { FEED_FIELDS } from "./feed-fields";
import { UNITS, unitsOf } from "./mapping/units";

/** How a file's columns are written: found out, and said otherwise where that is wrong. */
export const fileDialect = z.object({
  delimiter: z.enum([",", ";", "\t", "|"]),
  /** Empty: no quotes, every character stands for itself. */
  quote: z.enum(['"', "'", "`", ""]),
  escape: z.enum(["doubled", "backslash"]),
  encoding: z.enum(["auto", "utf-8", "windows-1252", "utf-16le", "utf-16be"]),
  /** The physical line the header stands on; 0: there is none, and columns are called Column 1, Column 2 … */
  headerLine: z.number().int().min(0, "Enter 0 for no header.").max(1_000, "Enter a line up to 1,000."),
  decimal: z.enum(["point", "comma"]),
});
export type FileDialect = z.output<typeof fileDialect>;

export const USUAL_DIALECT: FileDialect = {
  delimiter: ",",
  quote: '"',
  escape: "doubled",
  encoding: "auto",
  headerLine: 1,
  decimal: "point",
};

const METAFIELD_NAME = /^[A-Za-z0-9_-]+$/;

/** What a column's values become. */
export const mappingTarget = z.discriminatedUnion("to", [
  /** As the format's own reader takes it. */
  z.object({ to: z.literal("same") }),
  z.object({ to: z.literal("ignore") }),
  z
    .object({
      to: z.literal("field"),
      field: z.enum(FEED_FIELDS),
      /** Of a weight or a length; absent: grams, millimetres. */
      unit: z.enum(UNITS).optional(),
    })
    .refine(({ field, unit }) => unit === undefined || unitsOf(field).includes(unit), {
      error: "Weights are in g, kg, lb or oz, lengths in mm, cm, m or in.",
      path: ["unit"],
    }),
  z.object({
    to: z.literal("metafield"),
    // Shopify's limits for both.
    namespace: z.string().min(2, "A namespace has 2 to 255 characters.").max(255).regex(METAFIELD_NAME, {
      error: "A namespace has letters, digits, _ and - alone.",
    }),
    key: z
      .string()
      .min(2, "A key has 2 to 64 characters.")
      .max(64, "A key has 2 to 64 characters.")
      .regex(METAFIELD_NAME, {
        error: "A key has letters, digits, _ and - alone.",
      }),
    type: z.preprocess(
      // Older names too: scripts and saved mappings have them.
      (name) => (typeof name === "string" ? (metafieldType(name) ?? name) : name),
      z.enum(METAFIELD_TYPES as [MetafieldType, ...MetafieldType[]]), // no type list is empty
    ),
    /** Of a list: between its elements in a cell; empty: a line each, or JSON. */
    separator: z.string().max(5).default(""),
  }),
  z.object({
    to: z.literal("code"),
    type: z.string().regex(/^[a-z][a-z0-9_]{1,30}$/, {
      error: "A code's type has 2 to 31 small letters, digits and _, a letter first.",
    }),
    /** A product may be found by it; a code that is none of its own only stands beside. */
    matches: z.boolean().default(false),
  }),
  z.object({
    to: z.literal("category"),
    /** `create` makes what the path names; `existing` takes a category's address or full name, and makes none. */
    by: z.enum(["create", "existing"]).default("create"),
    separator: z.string().min(1).max(5).default(">"),
  }),
  z.object({
    to: z.literal("image"),
    /** Between several addresses in one cell; empty: one a cell. */
    separator: z.string().max(5).default(""),
  }),
]);
export type MappingTarget = z.output<typeof mappingTarget>;

/** An empty cell: the feed says nothing, or says there is none, or means this value. */
export const emptyPolicy = z.discriminatedUnion("policy", [
  z.object({ policy: z.literal("ignore") }),
  z.object({ policy: z.literal("clear") }),
  z.object({ policy: z.literal("default"), value: z.string().trim().min(1, "Enter the value to take.").max(5_000) }),
]);
export type EmptyPolicy = z.output<typeof emptyPolicy>;

const mappedColumn = z.object({
  /** A column's header, the second of two alike as `Size #2`; an attribute's id; `@name` for a field that the format's reader gives. */
  column: z.string().min(1).max(2_000),
  target: mappingTarget,
  /** Absent: as `defaultEmpty` says (lib/feeds/mapping/target-rules.ts). */
  empty: emptyPolicy.optional(),
  /** For list metafields: replace what was there, or add to it. */
  list: z.enum(["replace", "merge"]).optional(),
});
export type MappedColumn = z.output<typeof mappedColumn>;

/**
 * How a source's columns become fields and metafields. A column that it doesn't name stays as the format's reader takes
 * it; of kind `csv` it is left out. FeedMapping.mapping.
 */
export const mapping = z.object({
  dialect: fileDialect.nullable().default(null),
  /** Kind `csv`: the column that holds the source's own key, and the one that holds the SKU of new products. */
  keyColumn: z.string().min(1).max(2_000).nullable().default(null),
  skuColumn: z.string().min(1).max(2_000).nullable().default(null),
  columns: z.array(mappedColumn).max(20_000).default([]),
  /** Which products the source may touch. */
  mode: z.enum(["both", "create", "update"]).default("both"),
  /** No product is made that no ERP list holds. */
  stockedOnly: z.boolean().default(false),
  images: z.enum(["replace", "merge"]).default("replace"),
  codes: z.enum(["replace", "merge"]).default("merge"),
});
export type Mapping = z.output<typeof mapping>;

/** Whether the mapping leaves every record as its reader gives it. */
export function isIdentity({ dialect, columns, images, codes }: Mapping): boolean {
  const isPlain = (column: MappedColumn) => column.target.to === "same" && !column.empty && !column.list;
  return dialect === null && images === "replace" && codes === "merge" && columns.every(isPlain);
}
