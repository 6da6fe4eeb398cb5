"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { type Conditions, type Join, MOST_CONDITIONS, MOST_GROUPS } from "@/lib/catalog/filter/condition";
import { type FilterNames, fieldOf } from "@/lib/catalog/filter/condition-words";
import { opOf } from "@/lib/catalog/filter/fields";
import { ConditionRow } from "./condition-row";
import { MetafieldFinder } from "./metafield-finder";
import { hasValues, useFilterDraft } from "./use-filter-draft";

type Props = {
  conditions: Conditions;
  names: FilterNames;
  onApply: (conditions: Conditions) => void;
  onCancel: () => void;
  /** One condition alone is edited: none is added. */
  isSingle?: boolean;
};

/** Groups of conditions, each all or any of them, themselves joined by all or any. */
export function FilterBuilder({ conditions, names: known, onApply, onCancel, isSingle }: Props) {
  const draft = useFilterDraft(conditions, known);
  const { names, groups, join } = draft;
  const [finding, setFinding] = useState<{ group: number; row: number }>();
  const [isTried, setTried] = useState(false);
  const rows = groups.flatMap((group) => group.rows);
  const incomplete = rows.filter(({ condition }) => isIncomplete(condition, names));

  function apply(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (incomplete.length === 0) onApply(draft.read());
  }

  return (
    <form onSubmit={apply} aria-label="Conditions" className="grid gap-2">
      {groups.length === 0 && <p className="py-2 text-muted">No conditions: every product of the list is shown.</p>}
      {groups.map((group, at) => (
        <div key={group.id} className="grid gap-2">
          {at > 0 && <JoinSelect label="How groups are joined" join={join} onChange={draft.setJoin} />}
          <fieldset className="grid gap-2 rounded-md border p-2">
            <legend className="sr-only">Group {at + 1}</legend>
            {group.rows.map((row, position) => {
              const label = `Condition ${position + 1}${groups.length > 1 ? ` of group ${at + 1}` : ""}`;
              const isFinding = finding?.row === row.id;
              return (
                <div key={row.id} className="grid gap-2">
                  {position > 0 && (
                    <JoinSelect
                      label={`How the conditions of group ${at + 1} are joined`}
                      join={group.join}
                      onChange={(chosen) => draft.setGroupJoin(group.id, chosen)}
                    />
                  )}
                  <ConditionRow
                    condition={row.condition}
                    names={names}
                    label={label}
                    onChange={(condition) => draft.setRow(group.id, row.id, condition)}
                    onFindMetafield={() => setFinding({ group: group.id, row: row.id })}
                    onName={draft.nameCategory}
                    onRemove={() => draft.removeRow(group.id, row.id)}
                  />
                  {isFinding && (
                    <MetafieldFinder
                      onPick={(definition) => {
                        draft.setRow(group.id, row.id, draft.nameMetafield(definition));
                        setFinding(undefined);
                      }}
                    />
                  )}
                  {isTried && isIncomplete(row.condition, names) && (
                    <p role="alert" className="text-xs text-red">
                      {label}: fill in its value, or remove it.
                    </p>
                  )}
                </div>
              );
            })}
            {!isSingle && (
              <Button
                size="small"
                variant="ghost"
                className="justify-self-start"
                disabled={rows.length >= MOST_CONDITIONS}
                onClick={() => draft.addRow(group.id)}
              >
                <Plus aria-hidden />
                Condition
              </Button>
            )}
          </fieldset>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2 border-t pt-3">
        {!isSingle && (
          <Button size="small" disabled={groups.length >= MOST_GROUPS} onClick={draft.addGroup}>
            <Plus aria-hidden />
            Group
          </Button>
        )}
        {!isSingle && groups.length > 0 && (
          <Button size="small" variant="ghost" onClick={draft.clear}>
            Clear
          </Button>
        )}
        <span className="ml-auto flex gap-2">
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" variant="primary">
            Show products
          </Button>
        </span>
      </div>
    </form>
  );
}

function isIncomplete(condition: Conditions["groups"][number]["conditions"][number], names: FilterNames) {
  const kind = fieldOf(condition.field, names)?.kind;
  const takes = kind && opOf(kind, condition.op)?.takes;
  const wanted = { none: 0, one: 1, two: 2, many: 1, count: 1, period: 1 }[takes ?? "none"];
  return !hasValues(condition, wanted);
}

type JoinProps = { label: string; join: Join; onChange: (join: Join) => void };

function JoinSelect({ label, join, onChange }: JoinProps) {
  return (
    <Select
      aria-label={label}
      className="w-16"
      value={join}
      onChange={({ target }) => onChange(target.value === "any" ? "any" : "all")}
    >
      <option value="all">and</option>
      <option value="any">or</option>
    </Select>
  );
}
