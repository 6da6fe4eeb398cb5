import { ENDINGS } from "@/lib/bulk-edit/operation";
import { fieldInfo, isProductField, type ProductField } from "@/lib/catalog/product-fields";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { codecOf } from "@/lib/metafields/types";

/** What is done, as the form offers it. */
export type Deed =
  | "set"
  | "add"
  | "percent"
  | "amount"
  | "times"
  | "round"
  | "replace"
  | "prefix"
  | "suffix"
  | "template"
  | "case"
  | "clear"
  | "keep"
  | "release";

/** One line of the form, with all that was typed into it: changing one's mind loses nothing. */
export interface Draft {
  /** Tells the lines apart. */
  id: number;
  field: ProductField | "metafield";
  /** Once one is picked. */
  definition: DefinitionChoice | null;
  deed: Deed;
  value: string;
  by: string;
  ending: "" | (typeof ENDINGS)[number];
  find: string;
  with: string;
  matchCase: boolean;
  text: string;
  letters: "upper" | "lower" | "title" | "sentence";
  status: "draft" | "active" | "archived";
  /** Undefined until one is picked; null is Uncategorised. */
  category: CategoryChoice | null | undefined;
}

let lastId = 0;

export function newDraft(more: Partial<Draft> = {}): Draft {
  return {
    id: ++lastId,
    field: "priceCents",
    definition: null,
    deed: "set",
    ...{ value: "", by: "", ending: "", find: "", with: "", matchCase: true, text: "" },
    letters: "title",
    status: "active",
    category: undefined,
    ...more,
  } as Draft; // `ending` is widened by the spread
}

export const DEED_WORDS: Record<Deed, string> = {
  set: "Set to",
  add: "Set where there is none",
  percent: "Raise or lower by percent",
  amount: "Raise or lower by an amount",
  times: "Multiply by",
  round: "Round to an ending",
  replace: "Find and replace",
  prefix: "Put text before",
  suffix: "Put text behind",
  template: "Make from a template",
  case: "Change letters",
  clear: "Clear",
  keep: "Keep against feeds",
  release: "Give back to the feed",
};

const TEXT: Deed[] = ["set", "replace", "prefix", "suffix", "template", "case", "clear"];
const KEEPING: Deed[] = ["keep", "release"];
const TEXT_TYPES: readonly string[] = ["single_line_text_field", "multi_line_text_field", "url"];
const NUMBER_TYPES: readonly string[] = ["number_integer", "number_decimal"];

/** What can be done with a field. */
export function deedsOf({ field, definition }: Pick<Draft, "field" | "definition">): Deed[] {
  if (field === "metafield") {
    const type = definition?.type ?? "";
    const text: Deed[] = TEXT_TYPES.includes(type) ? ["replace", "prefix", "suffix", "template", "case"] : [];
    const number: Deed[] = NUMBER_TYPES.includes(type) ? ["percent", "amount", "times"] : [];
    return ["set", "add", ...number, ...text, "clear", ...KEEPING];
  }
  const { control, required } = fieldInfo(field);
  switch (control) {
    case "money":
      return ["set", "percent", "amount", "times", "round", "clear", ...KEEPING];
    case "integer":
      return ["set", "percent", "amount", "times", "clear", ...KEEPING];
    case "status":
    case "category":
      return ["set", ...KEEPING];
    case "text":
    case "multiline":
    case "html":
      return [...TEXT.filter((deed) => deed !== "clear" || !required), ...KEEPING];
    default:
      throw control satisfies never;
  }
}

/** The draft with another field; what can't be done with it becomes what can. */
export function withField(draft: Draft, field: Draft["field"], definition: DefinitionChoice | null = null): Draft {
  const next = { ...draft, field, definition };
  return deedsOf(next).includes(next.deed) ? next : { ...next, deed: "set" };
}

/** As the server reads it, unchecked; null while it is not finished. */
export function toOperation(draft: Draft): Record<string, unknown> | null {
  const { deed, definition } = draft;
  if (draft.field === "metafield" && !definition) return null;
  const field = draft.field === "metafield" ? `metafield:${definition?.namespace}.${definition?.key}` : draft.field;
  if (field === "status" && deed === "set") return { kind: "status", to: draft.status };
  if (field === "categoryId" && deed === "set") {
    return draft.category === undefined ? null : { kind: "move", categoryId: draft.category?.id ?? null };
  }
  const ending = draft.ending === "" ? {} : { ending: draft.ending };
  switch (deed) {
    case "set":
    case "add":
      return draft.value === "" ? null : { kind: deed, field, value: draft.value };
    case "percent":
    case "amount":
    case "times": {
      if (draft.by.trim() === "") return null;
      return { kind: "math", field, how: deed === "amount" ? "add" : deed, by: draft.by, ...ending };
    }
    case "round":
      return { kind: "round", field, ending: draft.ending || ENDINGS[0] };
    case "replace":
      if (draft.find === "") return null;
      return { kind: "replace", field, find: draft.find, with: draft.with, matchCase: draft.matchCase };
    case "prefix":
    case "suffix":
    case "template":
      return draft.text === "" ? null : { kind: deed, field, text: draft.text };
    case "case":
      return { kind: "case", field, to: draft.letters };
    case "clear":
    case "keep":
    case "release":
      return { kind: deed, field };
    default:
      throw deed satisfies never;
  }
}

export function fieldName(draft: Draft): string {
  if (isProductField(draft.field)) return fieldInfo(draft.field).label;
  return draft.definition?.name ?? "Metafield";
}

/** What to type as a value, as the metafield's type says it. */
export function valueHint({ definition }: Draft): string | undefined {
  return definition ? codecOf(definition.type).hint : undefined;
}
