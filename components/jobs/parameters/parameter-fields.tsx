"use client";

import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { SwitchField } from "@/components/ui/switch-field";
import { formatCount } from "@/lib/format";
import type { Choice } from "@/lib/jobs/choices";
import { type FormValue, type FormValues, shownFields } from "@/lib/jobs/form-values";
import type { JobField } from "@/lib/jobs/job-fields";
import { ChoicePicker } from "./choice-picker";
import { ChoicesPicker } from "./choices-picker";
import { UploadField } from "./upload-field";

type Props = {
  fields: readonly JobField[];
  values: FormValues;
  /** What is chosen, by field: a value alone tells nobody its name. */
  chosen: Record<string, Choice[]>;
  errors: Record<string, string>;
  /** The same function for as long as the form stands: files on their way call it. */
  onChange: (name: string, value: FormValue, chosen?: Choice[]) => void;
};

/** A kind of job's parameters, as its definition has them. */
export function ParameterFields({ fields, ...props }: Props) {
  return shownFields(fields, props.values).map((field) => <ParameterField key={field.name} field={field} {...props} />);
}

function ParameterField({ field, values, chosen, errors, onChange }: Omit<Props, "fields"> & { field: JobField }) {
  const { name, title, help, control: kind, choose, isRequired } = field;
  const value = values[name] ?? "";
  const error = errors[name];
  if (kind === "switch") {
    return (
      <SwitchField
        label={title}
        help={help}
        error={error}
        isOn={value === true}
        onChange={(isOn) => onChange(name, isOn)}
      />
    );
  }
  if (kind === "uploads") {
    return <UploadField name={name} title={title} error={error} onChange={onChange} />;
  }
  return (
    <Field label={title} help={help} error={error} isRequired={isRequired}>
      {(control) => {
        if (kind === "choice" && choose) {
          return (
            <ChoicePicker
              control={control}
              kind={choose}
              title={title}
              chosen={chosen[name]?.[0] ?? null}
              isOptional={!isRequired}
              onChoose={(choice) => onChange(name, choice?.value ?? "", choice ? [choice] : [])}
            />
          );
        }
        if (kind === "choices" && choose) {
          return (
            <ChoicesPicker
              control={control}
              kind={choose}
              title={title}
              chosen={chosen[name] ?? []}
              onChange={(choices) =>
                onChange(
                  name,
                  choices.map((choice) => choice.value),
                  choices,
                )
              }
            />
          );
        }
        return <TextControl field={field} control={control} value={value} onChange={(to) => onChange(name, to)} />;
      }}
    </Field>
  );
}

type TextProps = {
  field: JobField;
  control: { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
  value: FormValue;
  onChange: (value: FormValue) => void;
};

function TextControl({
  field: { control: kind, options, isRequired, usual, min, max },
  control,
  value,
  onChange,
}: TextProps) {
  if (kind === "select") {
    return (
      <Select {...control} value={String(value)} onChange={(event) => onChange(event.target.value)}>
        {usual === undefined && <option value="">{isRequired ? "Choose" : "–"}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    );
  }
  if (kind === "lines") {
    const lines = Array.isArray(value) ? value.join("\n") : "";
    return <Textarea {...control} rows={3} value={lines} onChange={(event) => onChange(linesOf(event.target.value))} />;
  }
  if (kind === "long") {
    return <Textarea {...control} rows={3} value={String(value)} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <Input
      {...control}
      value={String(value)}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="off"
      {...(kind === "number" && {
        inputMode: "decimal" as const,
        className: "tabular max-w-40",
        placeholder: bounds(min, max),
      })}
      {...(kind === "path" && { className: "mono", spellCheck: false })}
    />
  );
}

/** Empty lines stay while one types; they are left out when the job is started. */
function linesOf(text: string) {
  return text === "" ? [] : text.split("\n");
}

function bounds(min: number | null, max: number | null) {
  return min !== null && max !== null ? `${formatCount(min)} to ${formatCount(max)}` : undefined;
}
