"use client";

import { Checkbox, Input, Select, Textarea } from "@/components/ui/input";
import type { Condition } from "@/lib/catalog/filter/condition";
import { type FilterNames, fieldOf } from "@/lib/catalog/filter/condition-words";
import { opOf, PERIODS } from "@/lib/catalog/filter/fields";
import { CategoryValues } from "./category-values";

type Props = {
  condition: Condition;
  names: FilterNames;
  label: string;
  onChange: (values: string[]) => void;
  onName: (value: string, name: string) => void;
};

/** What a condition compares with, as its field and operator want it. */
export function ConditionValue({ condition: { field, op, values }, names, label, onChange, onName }: Props) {
  const known = fieldOf(field, names);
  const takes = known && opOf(known.kind, op)?.takes;
  if (!known || !takes || takes === "none") return null;
  const [first = "", second = ""] = values;
  const choices = "choices" in known ? known.choices : known.kind === "yes-no" ? { yes: "yes", no: "no" } : undefined;
  const name = `${label}: value`;
  if (known.kind === "category") {
    return <CategoryValues values={values} names={names} onChange={onChange} onName={onName} />;
  }
  if (choices && takes === "many") return <Ticks label={name} choices={choices} values={values} onChange={onChange} />;
  if (choices || takes === "period") {
    return (
      <Select aria-label={name} value={first} onChange={({ target }) => onChange([target.value])}>
        <option value="">choose</option>
        {Object.entries(choices ?? PERIODS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  if (takes === "many") {
    return (
      <Textarea
        aria-label={`${label}: values, one a line`}
        placeholder="One a line"
        className="min-h-14"
        value={values.join("\n")}
        onChange={({ target }) => onChange(target.value.split("\n"))}
      />
    );
  }
  const isDay = (known.kind === "date" || known.kind === "day") && takes !== "count";
  const isFigure = ["number", "money", "run"].includes(known.kind) || takes === "count";
  const input = {
    type: isDay ? "date" : "text",
    inputMode: isFigure ? ("decimal" as const) : undefined,
    placeholder: placeholderOf(known, takes),
  };
  return (
    <div className="flex items-center gap-1.5">
      <Input
        {...input}
        aria-label={takes === "two" ? `${name} from` : name}
        value={first}
        onChange={({ target }) => onChange(takes === "two" ? [target.value, second] : [target.value])}
      />
      {takes === "two" && (
        <>
          <span className="text-xs text-muted">and</span>
          <Input
            {...input}
            aria-label={`${name} to`}
            value={second}
            onChange={({ target }) => onChange([first, target.value])}
          />
        </>
      )}
      {"unit" in known && known.unit && <span className="text-xs text-muted">{known.unit}</span>}
    </div>
  );
}

function placeholderOf(known: NonNullable<ReturnType<typeof fieldOf>>, takes: string) {
  if (takes === "count") return "7";
  if (known.kind === "run") return "number of a run";
  // What a measure is typed like stands in the type's own hint, in quotes.
  if (known.kind === "measure" && "hint" in known) return /"([^"]+)"/.exec(known.hint)?.[1];
  return undefined;
}

type TicksProps = {
  label: string;
  choices: Record<string, string>;
  values: string[];
  onChange: (values: string[]) => void;
};

function Ticks({ label, choices, values, onChange }: TicksProps) {
  return (
    <fieldset aria-label={label} className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
      {Object.entries(choices).map(([value, words]) => (
        <label key={value} className="flex items-center gap-1.5">
          <Checkbox
            checked={values.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...values, value] : values.filter((other) => other !== value))
            }
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
