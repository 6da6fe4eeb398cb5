import { type Codec, codec, type Rules, readJson } from "./codec";

/** Shopify's limit of elements in a list. */
const MAX_ELEMENTS = 128;

/** A list of a scalar type: typed one per line, stored as a JSON array. */
export function listCodec(element: Codec): Codec {
  const shape = {
    label: `List of ${element.label.toLowerCase()}`,
    hint: `One per line. ${element.hint}`,
    control: "list" as const,
    isJson: true,
    read(text: string, rules: Rules): string[] | null {
      const values: string[] = [];
      for (const typed of elementsOf(text)) {
        const parsed = element.parse(typed, elementRules(rules));
        if (!parsed.ok) return null;
        values.push(parsed.value);
      }
      return values;
    },
    store: (values: string[]) => `[${values.map((v) => (element.isJson ? v : JSON.stringify(v))).join(",")}]`,
    edit(values: string[]) {
      const lines = values.map(element.edit).join("\n");
      // A first element that looks like a JSON array would be read as the list itself.
      return lines.startsWith("[") || values.length === 0 ? shape.store(values) : lines;
    },
    display: (values: string[]) => values.map(element.display).join(", "),
    check(values: string[], rules: Rules) {
      const least = Number(rules["list.min"] ?? 0);
      const most = Number(rules["list.max"] ?? MAX_ELEMENTS);
      if (values.length > most) return `Enter at most ${most} values, one per line; there are ${values.length}.`;
      return values.length < least ? `Enter at least ${least} values, one per line.` : null;
    },
  };
  const list = codec<string[]>(shape);
  return {
    ...list,
    parse(typed, rules = {}) {
      for (const line of elementsOf(typed)) {
        const parsed = element.parse(line, elementRules(rules));
        if (!parsed.ok) return { ok: false, error: `"${line.slice(0, 40)}": ${parsed.error}` };
      }
      return list.parse(typed, rules);
    },
  };
}

function elementsOf(text: string): string[] {
  const stored = text.trim().startsWith("[") ? readJson(text) : undefined;
  if (Array.isArray(stored)) return stored.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
}

/** `list.min` counts elements; every other rule is the element's. */
function elementRules(rules: Rules): Rules {
  return Object.fromEntries(Object.entries(rules).filter(([name]) => !name.startsWith("list.")));
}
