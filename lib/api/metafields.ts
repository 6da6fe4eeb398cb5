import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { AppError } from "@/lib/errors";
import { deleteMetafield, setMetafield } from "@/lib/metafields/mutations";
import { inRequestWords } from "./failure-json";
import { hasNoNul, NUL_REFUSAL, text } from "./fields";
import { toMetafieldJson } from "./product-json";

/** Texts as they are; lists and measures as Shopify stores them, as JSON. */
export const storedText = z
  .union(
    [z.string(), z.number(), z.boolean(), z.array(z.unknown()), z.record(z.string(), z.unknown())],
    "Send a text, a number, true or false, or a list.",
  )
  .transform((value) => (typeof value === "object" ? JSON.stringify(value) : String(value)))
  .refine(hasNoNul, NUL_REFUSAL);

const type = text(100).optional().describe("Needed for a name that is new; fixed from then on.");

export const metafieldParams = z.object({
  id: z.uuid(),
  namespace: text(255).min(1),
  key: text(255).min(1),
});
type MetafieldParams = z.output<typeof metafieldParams>;

export const metafieldBody = z
  .strictObject({
    value: storedText,
    type,
    value_type: type,
    name: text(255).optional().describe("What a new definition is called; made from the key without it."),
    from: storedText.nullable().optional().describe("The value that was seen; null: there was none."),
  })
  .refine(({ type, value_type }) => !type || !value_type || type === value_type, {
    path: ["value_type"],
    message: "Send `type` or `value_type`; they are the same thing.",
  })
  .meta({ id: "MetafieldEdit" });

export const metafieldDeletion = z.object({
  from: text(65_535).optional().describe("The value that was seen: another one by now is a conflict."),
});

const inWordsOfTheBody = <T>(work: () => Promise<T>) =>
  inRequestWords(() => ({ name: "value", write: (value) => value }), work);

/** Adds or edits one metafield and gives it as it stands. @throws {AppError} as `setMetafield` does */
export async function putMetafield(actor: Actor, params: MetafieldParams, body: z.output<typeof metafieldBody>) {
  const { id: productId, namespace, key } = params;
  const { value: to, type, value_type, name, from } = body;
  await inWordsOfTheBody(() =>
    setMetafield(actor, { productId, namespace, key, to, type: type ?? value_type, name, from }),
  );
  const { metafields } = await getProductOrThrow(actor, productId);
  const saved = metafields.find((metafield) => metafield.namespace === namespace && metafield.key === key);
  if (!saved) throw noSuchMetafield();
  return toMetafieldJson(saved);
}

/** @throws {AppError} `not_found` when there is none, else as `deleteMetafield` does */
export async function removeMetafield(actor: Actor, params: MetafieldParams, from: string | undefined) {
  const { id: productId, namespace, key } = params;
  const { changed } = await inWordsOfTheBody(() => deleteMetafield(actor, { productId, namespace, key, from }));
  if (changed.length === 0) throw noSuchMetafield();
}

function noSuchMetafield() {
  return new AppError("not_found", "This product has no such metafield.");
}
