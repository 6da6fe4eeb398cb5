import { z } from "zod";

export interface TemplateItem {
  namespace: string;
  key: string;
  isRequired: boolean;
}

const REQUIRED = " (required)";

/** A category's template as a change says it, in its order: `custom.size (required), custom.colour`. Null for none. */
export function templateWords(items: readonly TemplateItem[]): string | null {
  if (items.length === 0) return null;
  return items.map(({ namespace, key, isRequired }) => `${namespace}.${key}${isRequired ? REQUIRED : ""}`).join(", ");
}

/** The template that the words stand for: keys hold no comma, namespaces no dot but the last. */
export function readTemplateWords(words: string | null): TemplateItem[] {
  if (words === null) return [];
  return words.split(", ").map((item) => {
    const isRequired = item.endsWith(REQUIRED);
    const name = isRequired ? item.slice(0, -REQUIRED.length) : item;
    return { ...splitName(name), isRequired };
  });
}

/** `custom.size` as namespace and key. */
export function splitName(name: string) {
  const at = name.indexOf(".");
  return { namespace: name.slice(0, at), key: name.slice(at + 1) };
}

export const templateItems = z
  .array(
    z.object({
      namespace: z
        .string()
        .min(1)
        .max(255)
        .regex(/^[^.,()\s]+$/, "Use letters, digits, _ and -."),
      key: z
        .string()
        .min(1)
        .max(255)
        .regex(/^[^,()\s]+$/, "Use letters, digits, _ and -."),
      isRequired: z.boolean(),
    }),
  )
  .max(250, "A template holds at most 250 metafields.");
