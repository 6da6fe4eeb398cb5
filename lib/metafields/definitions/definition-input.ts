import { z } from "zod";
import { newMetafieldName } from "@/lib/catalog/product-changes";
import { metafieldType } from "../types";

const validations = z
  .array(z.object({ name: z.string().max(50), value: z.string().max(20_000) }))
  .max(20)
  .default([]);

const facts = z.object({
  name: z.string().trim().min(1, "Enter a name.").max(255, "Shorten this to 255 characters."),
  description: z.string().trim().max(1_000, "Shorten this to 1,000 characters.").default(""),
  /** `[{name, value}]` as Shopify has them. */
  validations,
  isRequired: z.boolean().default(false),
});
export type DefinitionFacts = z.output<typeof facts>;

export const newDefinitionInput = facts.extend({
  ...newMetafieldName.shape,
  type: z.string().transform((name, context) => {
    const type = metafieldType(name);
    if (type !== null) return type;
    context.addIssue({ code: "custom", message: `${name} is not a metafield type. Choose one of the list.` });
    return z.NEVER;
  }),
});
export type NewDefinitionInput = z.output<typeof newDefinitionInput>;

export const updateDefinitionInput = facts.extend({
  id: z.string().max(64),
  /** The version the person saw. */
  version: z.number().int(),
});
export type UpdateDefinitionInput = z.output<typeof updateDefinitionInput>;

export const checkValuesInput = z.object({ id: z.string().max(64), validations });

/** Ids of the pinned definitions in their new order, and as the person saw them. */
export const orderPinnedInput = z.object({
  from: z.array(z.string().max(64)).max(500),
  to: z.array(z.string().max(64)).max(500),
});

export const retypeDefinitionInput = z.object({
  id: z.string().max(64),
  version: z.number().int(),
  type: newDefinitionInput.shape.type,
});
