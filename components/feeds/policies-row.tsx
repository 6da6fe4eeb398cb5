import { useId } from "react";
import { Input, Select } from "@/components/ui/input";
import type { PolicyField } from "./policies-fields";

const UNITS = { percent: "%", points: "points", factor: "×", count: "" } as const;

type Props = {
  field: PolicyField;
  value: string;
  /** What it is where nobody sets it, in words. */
  standard: string;
  /** What the last run came to. */
  last: string | null;
  error?: string;
  onChange?: (value: string) => void;
};

/** One limit: what it means, what it is, and what the last run came to. */
export function PolicyRow({ field, value, standard, last, error, onChange }: Props) {
  const id = useId();
  const control = {
    id,
    value,
    "aria-describedby": `${id}-help`,
    "aria-invalid": error ? (true as const) : undefined,
  };
  return (
    <div className="grid items-start gap-x-6 gap-y-1 border-line-soft px-3 py-2.5 not-last:border-b md:grid-cols-[minmax(0,1fr)_15rem_13rem]">
      <div>
        <label htmlFor={id} className="font-medium">
          {field.label}
        </label>
        <p id={`${id}-help`} className="text-xs text-muted">
          {field.help}
        </p>
      </div>
      <div className="grid gap-0.5">
        {field.type === "choice" ? (
          <Select {...control} disabled={!onChange} onChange={(event) => onChange?.(event.target.value)}>
            {Object.entries(field.choices).map(([choice, words]) => (
              <option key={choice} value={choice}>
                {words}
              </option>
            ))}
          </Select>
        ) : (
          <span className="flex items-center gap-2">
            <Input
              {...control}
              inputMode="decimal"
              readOnly={!onChange}
              onChange={(event) => onChange?.(event.target.value)}
              className="tabular max-w-24 text-right"
            />
            <span className="text-muted">{UNITS[field.type]}</span>
          </span>
        )}
        {error ? (
          <p role="alert" className="text-xs text-red">
            {error}
          </p>
        ) : (
          <p className="text-xs text-muted">Default: {standard}</p>
        )}
      </div>
      <p className="tabular self-center text-xs text-muted md:text-right">{last && <>last run: {last}</>}</p>
    </div>
  );
}
