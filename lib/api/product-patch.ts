import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type FieldEdit, fieldValue } from "@/lib/catalog/product-changes";
import { centsText, FIELD_NAMES, type FieldValue, type ProductField, parseField } from "@/lib/catalog/product-fields";
import { updateProduct } from "@/lib/catalog/update-product";
import { resolveCategory } from "@/lib/categories/resolve-category";
import { AppError } from "@/lib/errors";
import { type FieldForm, inRequestWords } from "./failure-json";
import { hasNoNul, NUL_REFUSAL, snakeCase, text } from "./fields";

export interface PatchField {
  field: ProductField;
  value: z.ZodType<FieldValue>;
  /** What the caller saw, in the form of `value`. */
  seen: z.ZodType<FieldValue>;
  write: FieldForm["write"];
}

const asStored: Pick<PatchField, "seen" | "write"> = {
  seen: z.union([z.string(), z.number(), z.null()], "Send the value you saw, or null."),
  write: (value) => value,
};

/** What can be patched, by the names of the answer; each price goes by `price` or `price_cents`. */
export const PATCH_FIELDS: Record<string, PatchField> = {
  ...Object.fromEntries(
    FIELD_NAMES.map((field) => [
      snakeCase(field),
      { field, value: fieldValue(field).refine(hasNoNul, NUL_REFUSAL), ...asStored },
    ]),
  ),
  category_id: { field: "categoryId", value: text(2_000).nullable().describe("An id or a path."), ...asStored },
  price: money("priceCents"),
  compare_at_price: money("compareAtPriceCents"),
  cost_price: money("costPriceCents"),
};

function money(field: ProductField): PatchField {
  const value = z
    .union([z.string(), z.number(), z.null()], "Send a price like 12.50, or null.")
    .transform((sent, context) => {
      const parsed = parseField(field, sent === null ? "" : String(sent));
      if (parsed.ok) return parsed.value;
      context.addIssue({ code: "custom", message: parsed.error });
      return z.NEVER;
    });
  return { field, value, seen: value, write: (stored) => (typeof stored === "number" ? centsText(stored) : stored) };
}

const names = Object.entries(PATCH_FIELDS);

/** A new value, or what was seen and what it is to be. The sentence is that of the form which was sent. */
function edit({ value, seen }: PatchField) {
  const both = z.strictObject({ from: seen.optional(), to: value });
  return z.union([value, both], {
    error: ({ code, input, errors }) => {
      if (code !== "invalid_union") return undefined;
      const [ofValue, ofBoth] = errors;
      return (typeof input === "object" && input !== null ? ofBoth : ofValue)?.[0]?.message;
    },
  });
}

interface Patch {
  changes: Partial<Record<ProductField, FieldEdit>>;
  /** How the request spoke of each field. */
  forms: Map<string, FieldForm>;
}

/** Each field's new value, alone or as `{from, to}`; values seen may stand together under `from` too. */
export const productPatch = z
  .strictObject({
    ...Object.fromEntries(names.map(([name, field]) => [name, edit(field).optional()])),
    from: z
      .strictObject(Object.fromEntries(names.map(([name, { seen }]) => [name, seen.optional()])))
      .optional()
      .describe("What was seen, per field: where it is something else by now the answer is a conflict."),
  })
  .transform((body, context): Patch => {
    const patch: Patch = { changes: {}, forms: new Map() };
    const { from = {}, ...edits } = body as Record<string, unknown> & { from?: Record<string, FieldValue | undefined> }; // as parsed above
    for (const [name, sent] of Object.entries(edits)) {
      const known = PATCH_FIELDS[name];
      if (!known || sent === undefined) continue;
      const { field, write } = known;
      if (patch.changes[field]) {
        const message = `Send ${patch.forms.get(field)?.name} or ${name}, not both.`;
        context.addIssue({ code: "custom", path: [name], message });
      }
      patch.changes[field] = { from: from[name], ...toEdit(sent) };
      patch.forms.set(field, { name, write });
    }
    for (const name of Object.keys(from)) {
      if (edits[name] !== undefined) continue;
      context.addIssue({ code: "custom", path: ["from", name], message: `Send a new value for ${name} too.` });
    }
    if (patch.forms.size === 0) context.addIssue({ code: "custom", message: "Send at least one field to change." });
    return patch;
  })
  .meta({ id: "ProductPatch" });

/** What `edit` has parsed: a value, or `{from?, to}` of values. */
function toEdit(sent: unknown): FieldEdit {
  return typeof sent === "object" && sent !== null ? (sent as FieldEdit) : { to: sent as FieldValue };
}

/** Saves a patch, all or nothing. @throws {AppError} as `updateProduct` does, in the request's own words */
export async function patchProduct(actor: Actor, id: string, { changes, forms }: Patch) {
  return inFieldWords(forms, async () =>
    updateProduct(actor, { id, changes: await withCategoryId(actor, changes), metafields: [] }),
  );
}

/** Tells what is wrong in the words in which the fields were sent. */
export function inFieldWords<T>(forms: Patch["forms"] | undefined, work: () => Promise<T>): Promise<T> {
  const formOf = (field: string) => forms?.get(field) ?? { name: snakeCase(field), write: asStored.write };
  return inRequestWords(formOf, work);
}

/** A path stands for the category's id. */
export async function withCategoryId(actor: Actor, changes: Patch["changes"]): Promise<Patch["changes"]> {
  const { categoryId: move, ...others } = changes;
  if (!move) return changes;
  const to = typeof move.to === "string" ? await resolveCategory(actor, move.to) : null;
  if (to === null && move.to !== null) {
    const fields = { categoryId: "There is no such category. Send an id or a path." };
    throw new AppError("invalid_input", "Nothing was saved: correct the marked fields.", { fields });
  }
  // What was seen may be gone: it stays as it was sent, and is a conflict.
  const from = typeof move.from === "string" ? ((await resolveCategory(actor, move.from)) ?? move.from) : move.from;
  return { ...others, categoryId: { from, to } };
}
