import { codeWords } from "@/lib/catalog/code-words";
import { FEED_FIELDS } from "@/lib/feeds/feed-fields";
import type { MappingTarget } from "@/lib/feeds/mapping";
import { unitsOf } from "@/lib/feeds/mapping/units";
import { fieldLabel } from "@/lib/sync/field-words";

const CODES = ["upc", "mpn", "sprc", "cws", "erp"];

export const TARGET_GROUPS: { label: string; options: { value: string; label: string }[] }[] = [
  {
    label: "Product fields",
    options: FEED_FIELDS.map((field) => ({ value: `field:${field}`, label: fieldLabel(field) })),
  },
  { label: "Codes", options: CODES.map((type) => ({ value: `code:${type}`, label: codeWords(type) })) },
  {
    label: "Other",
    options: [
      { value: "metafield", label: "Metafield…" },
      { value: "category", label: "Category" },
      { value: "image", label: "Picture address" },
    ],
  },
];

/** A target as the value of its option; its details are set beside. */
export function optionOf(target: MappingTarget): string {
  if (target.to === "field") return `field:${target.field}`;
  return target.to === "code" ? `code:${target.type}` : target.to;
}

/** The target an option stands for, with the details it begins with. */
export function targetOf(option: string, column: { label: string; type: string }): MappingTarget {
  const [kind, name = ""] = option.split(":");
  const field = FEED_FIELDS.find((one) => one === name);
  if (kind === "field" && field) {
    const [unit] = unitsOf(field);
    return unit ? { to: "field", field, unit } : { to: "field", field };
  }
  switch (kind) {
    case "code":
      return { to: "code", type: name, matches: name !== "mpn" };
    case "category":
      return { to: "category", by: "create", separator: ">" };
    case "image":
      return { to: "image", separator: "" };
    case "metafield": {
      const key = column.label
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^_+|_+$/g, "")
        .slice(0, 64);
      const type = column.type as Extract<MappingTarget, { to: "metafield" }>["type"]; // SampleColumn.type
      return { to: "metafield", namespace: "custom", key: key || "field", type, separator: "" };
    }
    case "ignore":
      return { to: "ignore" };
    default:
      return { to: "same" };
  }
}
