"use client";

import { Field } from "@/components/ui/field";
import { Checkbox, Input, Textarea } from "@/components/ui/input";
import { readJson } from "@/lib/metafields/codec";
import { type ValidationField, validationsOf } from "@/lib/metafields/definitions/validations";
import type { Rules } from "@/lib/metafields/types";

export interface DefinitionDraft {
  name: string;
  description: string;
  isRequired: boolean;
  /** What is typed per validation: lists one per line. */
  rules: Record<string, string>;
}

type Props = {
  type: string;
  draft: DefinitionDraft;
  errors: Record<string, string>;
  mayEdit: boolean;
  onChange: (draft: DefinitionDraft) => void;
};

/** What can be said of a definition besides its name and type. */
export function DefinitionFields({ type, draft, errors, mayEdit, onChange }: Props) {
  const fields = validationsOf(type);
  return (
    <>
      <Field label="Name" error={errors.name} isRequired>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            readOnly={!mayEdit}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description" error={errors.description} help="Shown to who fills it in.">
        {(control) => (
          <Textarea
            {...control}
            value={draft.description}
            readOnly={!mayEdit}
            onChange={(event) => onChange({ ...draft, description: event.target.value })}
          />
        )}
      </Field>
      <label className="flex items-start gap-2">
        <Checkbox
          className="mt-0.5"
          checked={draft.isRequired}
          disabled={!mayEdit}
          onChange={(event) => onChange({ ...draft, isRequired: event.target.checked })}
        />
        <span>
          Required of every product
          <span className="block text-xs text-muted">
            A product without it counts as incomplete. To require it of some products, put it into their category's
            template.
          </span>
        </span>
      </label>
      {fields.length > 0 && (
        <fieldset className="grid gap-3 border-t pt-3 sm:grid-cols-2">
          <legend className="sr-only">Validations</legend>
          {fields.map((field) => (
            <div key={field.name} className={isWide(field) ? "sm:col-span-2" : undefined}>
              <ValidationInput
                field={field}
                value={draft.rules[field.name] ?? ""}
                error={errors[field.name]}
                mayEdit={mayEdit}
                onChange={(value) => onChange({ ...draft, rules: { ...draft.rules, [field.name]: value } })}
              />
            </div>
          ))}
        </fieldset>
      )}
    </>
  );
}

type InputProps = {
  field: ValidationField;
  value: string;
  error: string | undefined;
  mayEdit: boolean;
  onChange: (value: string) => void;
};

function ValidationInput({ field, value, error, mayEdit, onChange }: InputProps) {
  return (
    <Field label={field.label} error={error} help={field.help}>
      {(control) => {
        const common = {
          ...control,
          value,
          readOnly: !mayEdit,
          onChange: (event: { target: { value: string } }) => onChange(event.target.value),
        };
        if (field.control === "lines") return <Textarea {...common} rows={5} />;
        return (
          <Input
            {...common}
            inputMode={field.control === "number" ? "numeric" : undefined}
            className={field.name === "regex" ? "mono" : "tabular"}
            autoComplete="off"
          />
        );
      }}
    </Field>
  );
}

function isWide({ name, control }: ValidationField) {
  return control === "lines" || name === "regex";
}

/** What a form shows of stored validations. */
export function typedRules(type: string, rules: Rules): Record<string, string> {
  return Object.fromEntries(
    validationsOf(type).map(({ name, control }) => {
      const stored = rules[name] ?? "";
      const lines = control === "lines" ? readJson(stored) : undefined;
      return [name, Array.isArray(lines) ? lines.join("\n") : stored];
    }),
  );
}

/** What is stored of typed validations: empty ones are none. */
export function storedRules(type: string, typed: Record<string, string>): { name: string; value: string }[] {
  return validationsOf(type).flatMap(({ name, control }) => {
    const text = (typed[name] ?? "").trim();
    if (text === "") return [];
    const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || []);
    return [{ name, value: control === "lines" ? JSON.stringify([...new Set(lines)]) : text }];
  });
}
