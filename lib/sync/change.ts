import { z } from "zod";
import { fieldSource, fieldSources } from "@/lib/catalog/field-source";
import { heldCandidate, heldItem } from "./match-queue/stored-item";

/** A JSON value as it stands in a change. */
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * One field of a change. `field` is a product column (`priceCents`), `category`, `missing`,
 * `metafield:<namespace>.<key>`, `image:<view>`, `code:<type>`.
 */
export const fieldChange = z.object({
  field: z.string(),
  before: value,
  after: value,
  /** Where the new value stands in the feed, when not on the change's own line. */
  file: z.string().optional(),
  line: z.number().int().optional(),
  /** A metafield's type; a code's or image's details as JSON. */
  type: z.string().optional(),
  /** Category ids behind the names shown. */
  beforeId: z.string().nullish(),
  afterId: z.string().nullish(),
  /** A person's value stands against this one: it is shown and not applied. */
  kept: z.boolean().optional(),
  /** Of a run without a feed: the value stays and is kept against feeds, or goes back to what the feed says. */
  keeping: z.enum(["keep", "release"]).optional(),
  /** How a person settled it, where the feed said other than a kept value (lib/inbox). */
  answered: z.enum(["mine", "feed", "other"]).optional(),
  /** Who gave the value before; absent: the product's own source, the run or person that created it. */
  beforeSource: fieldSource.optional(),
  /** The row that a removed picture or metafield was, column by column: what an undo puts back. */
  was: z.record(z.string(), z.unknown()).optional(),
});
export type FieldChange = z.output<typeof fieldChange>;

const createdProduct = z.object({
  /** Who gave what the feed did not: a person who made a product of a held row. */
  fieldSources: fieldSources.optional(),
  sku: z.string(),
  fields: z.record(z.string(), value),
  categoryId: z.string().nullable(),
  categoryName: z.string().nullable(),
  codes: z.array(z.object({ type: z.string(), code: z.string() })),
  images: z.array(z.object({ url: z.string(), view: z.string(), altText: z.string(), sortOrder: z.number() })),
  metafields: z.array(z.object({ namespace: z.string(), key: z.string(), value: z.string(), type: z.string() })),
});
export type CreatedProduct = z.output<typeof createdProduct>;

const createdCategory = z.object({
  name: z.string(),
  slug: z.string(),
  path: z.string(),
  parentId: z.string().nullable(),
  level: z.number().int(),
  sortOrder: z.number().int(),
  isActive: z.boolean(),
});
export type CreatedCategory = z.output<typeof createdCategory>;

/** What went with a merged category, and what it was: what an undo makes it of again. */
const mergedCategory = z.object({
  intoId: z.string(),
  /** Its row, column by column; times as ISO text. */
  row: z.record(z.string(), z.unknown()),
  metafields: z.array(z.object({ namespace: z.string(), key: z.string(), value: z.string(), type: z.string() })),
  template: z.array(z.object({ definitionId: z.string(), isRequired: z.boolean(), position: z.number().int() })),
  /** With the status each had. */
  icons: z.array(z.object({ id: z.string(), status: z.string() })),
  sourceItemIds: z.array(z.number().int()),
  /** Old addresses that led to it. */
  redirects: z.array(z.string()),
});
export type MergedCategory = z.output<typeof mergedCategory>;

/** What went over to the product that this one was merged into, beside its values: what an undo gives back. */
const mergedProduct = z.object({
  intoId: z.string(),
  /** Rows of feeds; one that it made silent speaks no more, for the other product has a row of the same feed. */
  sourceItems: z.array(z.object({ id: z.number().int(), isSilent: z.boolean() })),
  aliasIds: z.array(z.number().int()),
  /** Products merged into this one before, whose addresses lead on to the other now. */
  redirects: z.array(z.string()),
});
export type MergedProduct = z.output<typeof mergedProduct>;

/** What one source said, as hashes, to remember once the change is applied. */
const said = z.object({
  contentHash: z.string(),
  fieldHashes: z.record(z.string(), z.string()),
  /** The columns of `product` are hashed once it is created: `fieldHashes` holds the rest, a fifth of what is stored. */
  withColumns: z.literal(true).optional(),
});

/** What the source had said before, as far as it differs: what an undo makes it remember again. */
const saidBefore = z.object({
  contentHash: z.string(),
  /** Only the fields whose hash is another one now; null: it had not spoken of the field. */
  fieldHashes: z.record(z.string(), z.string().nullable()),
  missingRuns: z.number().int().optional(),
  missingSinceRunId: z.string().optional(),
  /** ISO time */
  tombstonedAt: z.string().optional(),
  /** The key was known and the product was not. */
  isUnlinked: z.boolean().optional(),
});
export type SaidBefore = z.output<typeof saidBefore>;

/** A field that an undo left as it is, because it was changed since. */
const leftField = z.object({ field: z.string(), reason: z.string() });
export type LeftField = z.output<typeof leftField>;

/** SyncChange.fields: a create holds what comes to be, an update each field before and after. */
export const changeFields = z.object({
  product: createdProduct.optional(),
  category: createdCategory.optional(),
  merged: mergedCategory.optional(),
  mergedProduct: mergedProduct.optional(),
  update: z.array(fieldChange).optional(),
  said: said.optional(),
  /** Null: its first word on this product or category. */
  saidBefore: saidBefore.nullish(),
  left: z.array(leftField).optional(),
  /** Of a product deleted for good: where it stands whole in its run's backup (lib/purge/backup-file.ts). */
  backup: z.object({ offset: z.number().int(), length: z.number().int() }).optional(),
  /** The product is missing for as many runs as its source allows: a person is asked once this is applied. */
  isDue: z.boolean().optional(),
  /** Of a row that found no product, or several: the row itself, so that an answer can be applied at once. */
  item: heldItem.optional(),
  candidates: z.array(heldCandidate).optional(),
});
export type ChangeFields = z.output<typeof changeFields>;

/** What the lines of an update come to for whoever reviews them; `missing` and `returned` stay what they are. */
export function changeKind(kind: string, lines: FieldChange[]): string {
  if (kind === "missing" || kind === "returned") return kind;
  if (lines.length > 0 && lines.every((line) => line.kept)) return "conflict";
  return lines.some((line) => !line.kept && (line.field === "category" || line.field === "parent"))
    ? "moved"
    : "changed";
}

/** A change as lines of field, before, after: what the screens and the API show, for creates too. */
export function changeLines(fields: ChangeFields): FieldChange[] {
  if (fields.update) return fields.update;
  const created = fields.product;
  if (created) {
    return [
      ...Object.entries(created.fields).map(([field, after]) => ({ field, before: null, after })),
      ...(created.categoryName ? [{ field: "category", before: null, after: created.categoryName }] : []),
      ...created.metafields.map((m) => ({
        field: `metafield:${m.namespace}.${m.key}`,
        before: null,
        after: m.value,
        type: m.type,
      })),
      ...created.codes.map((c) => ({ field: `code:${c.type}`, before: null, after: c.code })),
      ...created.images.map((i) => ({ field: `image:${i.view}`, before: null, after: i.url })),
    ];
  }
  if (fields.category) {
    const { name, path } = fields.category;
    return [
      { field: "name", before: null, after: name },
      { field: "path", before: null, after: path },
    ];
  }
  return [];
}
