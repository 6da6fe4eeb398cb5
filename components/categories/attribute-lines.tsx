"use client";

import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { CategoryDetails } from "@/lib/categories/get-category-details";
import { codecOf, METAFIELD_TYPES } from "@/lib/metafields/types";

type Stored = CategoryDetails["metafields"];

export interface AttributeDraft {
  /** Tells lines apart while their names are typed. */
  line: number;
  namespace: string;
  key: string;
  type: string;
  typed: string;
  /** Its label where it is stored already: then name and type are fixed. */
  label: string | null;
}

export function toDrafts(stored: Stored): AttributeDraft[] {
  return stored.map(({ field, label, value, type }, line) => {
    const at = field.indexOf(".");
    const name = { namespace: field.slice(0, at), key: field.slice(at + 1) };
    return { line, ...name, type, typed: codecOf(type).edit(value), label };
  });
}

/** What saving comes to: what is typed goes as it is, the server reads it by its type. */
export function attributeEdits(stored: Stored, drafts: AttributeDraft[]) {
  const kept = new Map(drafts.map((draft) => [`${draft.namespace}.${draft.key}`, draft]));
  const before = new Map(stored.map((one) => [one.field, one]));
  const removed = stored.filter(({ field }) => !kept.has(field)).map((one) => ({ one, to: null }));
  const edits = removed.map(({ one, to }) => {
    const at = one.field.indexOf(".");
    const name = { namespace: one.field.slice(0, at), key: one.field.slice(at + 1) };
    return { ...name, type: one.type, from: one.value as string | null, to: to as string | null };
  });
  for (const { namespace, key, type, typed } of drafts) {
    const was = before.get(`${namespace}.${key}`);
    if (was && codecOf(type).edit(was.value) === typed) continue;
    edits.push({ namespace, key, type, from: was?.value ?? null, to: typed });
  }
  return edits;
}

type Props = { drafts: AttributeDraft[]; errors: Record<string, string>; onChange: (drafts: AttributeDraft[]) => void };

/** The category's own attributes; a new one is named and typed here. */
export function AttributeLines({ drafts, errors, onChange }: Props) {
  const set = (line: number, changes: Partial<AttributeDraft>) =>
    onChange(drafts.map((draft) => (draft.line === line ? { ...draft, ...changes } : draft)));
  function add() {
    const line = Math.max(-1, ...drafts.map((draft) => draft.line)) + 1;
    onChange([
      ...drafts,
      { line, namespace: "custom", key: "", type: "single_line_text_field", typed: "", label: null },
    ]);
  }
  return (
    <div className="grid gap-2">
      {drafts.length === 0 && <p className="text-muted">It has none of its own.</p>}
      {drafts.map((draft) => (
        <Line
          key={draft.line}
          draft={draft}
          error={errors[`${draft.namespace}.${draft.key}`]}
          onChange={(changes) => set(draft.line, changes)}
          onRemove={() => onChange(drafts.filter((other) => other.line !== draft.line))}
        />
      ))}
      <div>
        <Button size="small" onClick={add}>
          <Plus aria-hidden />
          Add attribute
        </Button>
      </div>
    </div>
  );
}

type LineProps = {
  draft: AttributeDraft;
  error?: string;
  onChange: (changes: Partial<AttributeDraft>) => void;
  onRemove: () => void;
};

function Line({ draft, error, onChange, onRemove }: LineProps) {
  const id = useId();
  const { control, hint } = codecOf(draft.type);
  const isLong = control === "multiline" || control === "list";
  const value = {
    value: draft.typed,
    onChange: (event: { target: { value: string } }) => onChange({ typed: event.target.value }),
  };
  return (
    <fieldset className="grid gap-2 rounded-md border border-line-soft p-2" aria-labelledby={id}>
      <div className="flex items-center gap-2">
        <span id={id} className="min-w-0 truncate font-medium">
          {draft.label ?? "New attribute"}
        </span>
        {draft.label && (
          <span className="mono truncate text-xs text-faint">
            {draft.namespace}.{draft.key}
          </span>
        )}
        <Button
          variant="ghost"
          size="icon-small"
          className="ml-auto"
          aria-label={`Remove ${draft.label ?? "this attribute"}`}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      {draft.label === null && (
        <div className="grid gap-2 sm:grid-cols-3">
          <Field label="Namespace">
            {(control) => (
              <Input
                {...control}
                className="mono"
                value={draft.namespace}
                onChange={(event) => onChange({ namespace: event.target.value })}
              />
            )}
          </Field>
          <Field label="Key">
            {(control) => (
              <Input
                {...control}
                className="mono"
                value={draft.key}
                onChange={(event) => onChange({ key: event.target.value })}
              />
            )}
          </Field>
          <Field label="Type">
            {(control) => (
              <Select {...control} value={draft.type} onChange={(event) => onChange({ type: event.target.value })}>
                {METAFIELD_TYPES.map((type) => (
                  <option key={type} value={type}>
                    {codecOf(type).label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      )}
      <Field label="Value" error={error} help={hint}>
        {(attributes) =>
          control === "yes-no" ? (
            <Select {...attributes} {...value}>
              <option value="">Choose</option>
              <option value="true">Yes</option>
              <option value="false">No</option>
            </Select>
          ) : isLong ? (
            <Textarea {...attributes} {...value} rows={2} />
          ) : (
            <Input {...attributes} {...value} type={control === "date" ? "date" : "text"} autoComplete="off" />
          )
        }
      </Field>
    </fieldset>
  );
}
