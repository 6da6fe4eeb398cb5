import type { Condition } from "./condition";
import { type FieldKind, filterField, opOf, PERIODS, type Period } from "./fields";

/** What conditions name that only the database knows. */
export interface FilterNames {
  /** Metafields by their id. */
  metafields: Record<string, { label: string; kind: FieldKind; hint: string }>;
  /** Categories by what the condition calls them. */
  categories: Record<string, string>;
}

/** How a condition's field is called and read; undefined where there is no such field. */
export function fieldOf(id: string, names: FilterNames) {
  return filterField(id) ?? names.metafields[id];
}

/** A condition as people say it: `Price` and `less than 100`. */
export function conditionWords({ field, op, values }: Condition, names: FilterNames): { label: string; value: string } {
  const known = fieldOf(field, names);
  if (!known) return { label: field, value: [op, ...values].join(" ") };
  const choices = "choices" in known ? known.choices : undefined;
  const unit = "unit" in known && known.unit ? ` ${known.unit}` : "";
  const said = values.map((value) => choices?.[value] ?? names.categories[value] ?? value);
  const words = opOf(known.kind, op);
  const [first = "", second = ""] = said;
  switch (words?.takes) {
    case undefined:
      return { label: known.label, value: [op, ...said].join(" ") };
    case "none":
      return { label: known.label, value: words.words };
    case "two":
      return { label: known.label, value: `between ${first} and ${second}${unit}` };
    case "count":
      return { label: known.label, value: words.words.replace("…", first) };
    case "period":
      return { label: known.label, value: Object.hasOwn(PERIODS, first) ? PERIODS[first as Period] : first };
    case "many":
      return {
        label: known.label,
        value: `${said.length === 1 ? oneOf(words.words) : words.words} ${listed(said)}`.trim(),
      };
    case "one":
      return { label: known.label, value: `${words.words === "is" ? "" : words.words} ${first}${unit}`.trim() };
    default:
      throw words?.takes satisfies undefined;
  }
}

/** Values that a chip names before it counts the rest. */
const NAMED = 3;

function listed(values: string[]) {
  const rest = values.length - NAMED;
  return rest > 1 ? `${values.slice(0, NAMED).join(", ")} and ${rest} more` : values.join(", ");
}

function oneOf(words: string) {
  return { "is any of": "", "is none of": "is not" }[words] ?? words;
}
