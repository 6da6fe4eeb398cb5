"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import type { Condition } from "@/lib/catalog/filter/condition";
import { type FilterNames, fieldOf } from "@/lib/catalog/filter/condition-words";
import { FILTER_FIELDS, type FieldKind, OPS, opOf } from "@/lib/catalog/filter/fields";
import { ConditionValue } from "./condition-value";

type Props = {
  condition: Condition;
  names: FilterNames;
  /** For screen readers: which of them it is. */
  label: string;
  onChange: (condition: Condition) => void;
  onFindMetafield: () => void;
  onName: (value: string, name: string) => void;
  onRemove?: () => void;
};

/** Not a field: asks for a metafield to be found. */
const FIND = "find a metafield";

/** Field, operator, value: one demand of a filter. */
export function ConditionRow({ condition, names, label, onChange, onFindMetafield, onName, onRemove }: Props) {
  const field = fieldOf(condition.field, names);
  const kind = field?.kind ?? "text";
  return (
    <fieldset aria-label={label} className="flex flex-wrap items-start gap-1.5">
      <Select
        aria-label={`${label}: field`}
        className="w-36 max-sm:w-[calc(50%-3px)]"
        value={condition.field}
        onChange={({ target }) =>
          target.value === FIND ? onFindMetafield() : onChange(conditionOn(target.value, names))
        }
      >
        <FieldOptions names={names} />
      </Select>
      <Select
        aria-label={`${label}: operator`}
        className="w-36 max-sm:w-[calc(50%-3px)]"
        value={condition.op}
        onChange={({ target }) =>
          onChange({ ...condition, op: target.value, values: keptValues(kind, condition, target.value) })
        }
      >
        {Object.entries(OPS[kind]).map(([op, { words }]) => (
          <option key={op} value={op}>
            {words}
          </option>
        ))}
      </Select>
      <div className="min-w-36 flex-1">
        <ConditionValue
          condition={condition}
          names={names}
          label={label}
          onChange={(values) => onChange({ ...condition, values })}
          onName={onName}
        />
      </div>
      {onRemove && (
        <Button size="icon" variant="ghost" aria-label={`Remove ${label}`} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      )}
    </fieldset>
  );
}

function FieldOptions({ names }: { names: FilterNames }) {
  const fields = Object.entries(FILTER_FIELDS);
  const groups = [...new Set(fields.map(([, { group }]) => group))];
  const metafields = Object.entries(names.metafields);
  return (
    <>
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {fields.map(
            ([id, field]) =>
              field.group === group && (
                <option key={id} value={id}>
                  {field.label}
                </option>
              ),
          )}
        </optgroup>
      ))}
      <optgroup label="Metafields">
        {metafields.map(([id, { label }]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
        <option value={FIND}>Find a metafield…</option>
      </optgroup>
    </>
  );
}

/** A new demand on a field: its first operator, and nothing to compare with yet. */
export function conditionOn(field: string, names: FilterNames): Condition {
  const kind = fieldOf(field, names)?.kind ?? "text";
  return { field, op: Object.keys(OPS[kind])[0] ?? "is", values: [] };
}

/** What was typed stays where the other operator takes the like. */
function keptValues(kind: FieldKind, { op, values }: Condition, next: string) {
  const [before, after] = [opOf(kind, op)?.takes, opOf(kind, next)?.takes];
  if (after === before) return values;
  const isText = (takes: typeof before) => takes === "one" || takes === "two" || takes === "many";
  if (!isText(before) || !isText(after)) return [];
  return after === "one" ? values.slice(0, 1) : values;
}
