import type { FieldChange } from "../change";

/** What a rule says: ApprovalRule without its history. */
export interface Rule {
  name: string;
  /** Null holds for every source. */
  sourceId: string | null;
  /** A field of a change, or a group of them (RULE_GROUPS). */
  field: string;
  maxIncreasePercent: number | null;
  maxDecreasePercent: number | null;
}

/** A staged change as rules look at it. */
export interface RuledChange {
  entity: "product" | "category";
  action: "create" | "update" | "delete";
  kind: string;
  lines: FieldChange[];
}

/** What a rule can speak of besides single fields, as the screens call it. */
export const RULE_GROUPS = {
  content: "Names, texts, brand and other content",
  metafields: "Metafields",
  codes: "Codes, and first matches of known products",
  images: "Pictures",
  category: "Categories: moves, and the tree itself",
  new: "New products",
  missing: "Missing from the feed",
  returned: "Back in the feed",
} as const;

/** Fields a rule can limit by how far they rise and fall, as the screens call them. */
export const RULE_FIGURES = {
  priceCents: "Price",
  compareAtPriceCents: "Compare-at price",
  costPriceCents: "Cost",
  inventoryQuantity: "Stock",
  weightGrams: "Weight",
  lengthMm: "Length",
  widthMm: "Width",
  heightMm: "Height",
} as const;

/** Whether a field rises and falls, so that a rule can limit how far. */
export function isFigure(field: string): boolean {
  return field in RULE_FIGURES;
}

/** Single fields that belong to no group, because a rule must name them. */
const UNGROUPED = new Set<string>([...Object.keys(RULE_FIGURES), "status"]);

/**
 * The rules that let a change pass, by name: every line of it is allowed by one of them. Null when a person must look:
 * that is what happens unless a rule says otherwise.
 */
export function allowingRules(change: RuledChange, rules: readonly Rule[]): string | null {
  if (change.kind === "ambiguous" || change.kind === "unmatched") return null;
  // A value that a person keeps against the feed is a question to that person.
  if (change.lines.some((line) => line.kept)) return null;
  const names = new Set<string>();
  const asked = change.entity === "category" ? [CATEGORY] : change.action === "create" ? [NEW] : change.lines;
  if (asked.length === 0) return null;
  for (const line of asked) {
    const rule = rules.find((one) => allows(one, line, change.kind));
    if (!rule) return null;
    names.add(rule.name);
  }
  return [...names].join(", ");
}

const CATEGORY: FieldChange = { field: "category", before: null, after: null };
const NEW: FieldChange = { field: "new", before: null, after: null };

function allows(rule: Rule, line: FieldChange, kind: string): boolean {
  const isNamed = rule.field === line.field && line.field !== "missing";
  return (isNamed || rule.field === groupOf(line.field, kind)) && isWithin(rule, line);
}

/** The group a line's field belongs to; null for one that only a rule naming it allows. */
function groupOf(field: string, kind: string): keyof typeof RULE_GROUPS | null {
  if (field === "missing") return kind === "returned" ? "returned" : "missing";
  if (field === "new" || field === "category") return field;
  if (field.startsWith("metafield:")) return "metafields";
  if (field.startsWith("image:")) return "images";
  if (field.startsWith("code:") || field === "upc" || field === "source") return "codes";
  return UNGROUPED.has(field) ? null : "content";
}

/** Whether a rise or fall keeps to the rule's limits. From or to nothing is no percentage: that waits for a person. */
function isWithin({ maxIncreasePercent, maxDecreasePercent }: Rule, { before, after }: FieldChange): boolean {
  if (maxIncreasePercent === null && maxDecreasePercent === null) return true;
  if (typeof before !== "number" || typeof after !== "number") return false;
  const limit = after > before ? maxIncreasePercent : maxDecreasePercent;
  if (limit === null || after === before) return true;
  return Math.abs(after - before) * 100 <= limit * Math.abs(before);
}
