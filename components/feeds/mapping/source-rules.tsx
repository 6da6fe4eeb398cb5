"use client";

import Link from "next/link";
import { Field } from "@/components/ui/field";
import { Checkbox, Select } from "@/components/ui/input";
import type { Mapping } from "@/lib/feeds/mapping";
import type { SampleColumn } from "@/lib/feeds/mapping/sample-columns";

type Props = {
  sourceId: string;
  mapping: Mapping;
  /** Kind `csv`: the mapping names the key. */
  isWhole: boolean;
  columns: SampleColumn[];
  isDisabled: boolean;
  onChange: (part: Partial<Mapping>) => void;
};

/** What holds for the whole source: how its rows are known, and which products they may touch. */
export function SourceRules({ sourceId, mapping, isWhole, columns, isDisabled, onChange }: Props) {
  return (
    <section
      aria-label="Rules of the source"
      className="grid items-start gap-3 px-4 py-3 sm:grid-cols-2 xl:grid-cols-3"
    >
      {isWhole && (
        <>
          <ColumnChoice
            label="The supplier's own key"
            help="Each row is known by it, run after run."
            value={mapping.keyColumn}
            columns={columns}
            isDisabled={isDisabled}
            onChange={(keyColumn) => onChange({ keyColumn })}
          />
          <ColumnChoice
            label="SKU of new products"
            help="Without one, this source makes no product."
            value={mapping.skuColumn}
            columns={columns}
            isDisabled={isDisabled}
            onChange={(skuColumn) => onChange({ skuColumn })}
          />
        </>
      )}
      <Field label="Products it may touch" help="Rows it may not touch are counted and named, and left alone.">
        {(control) => (
          <Select
            {...control}
            value={mapping.mode}
            disabled={isDisabled}
            onChange={(event) => onChange({ mode: event.target.value as Mapping["mode"] })} // one of the options
          >
            <option value="both">Adds new ones and changes known ones</option>
            <option value="create">Only adds new ones</option>
            <option value="update">Only changes known ones</option>
          </Select>
        )}
      </Field>
      <Field label="Pictures">
        {(control) => (
          <Select
            {...control}
            value={mapping.images}
            disabled={isDisabled}
            onChange={(event) => onChange({ images: event.target.value as Mapping["images"] })} // one of the options
          >
            <option value="replace">Replace those of feeds</option>
            <option value="merge">Add to what is there</option>
          </Select>
        )}
      </Field>
      <Field label="Codes" help="Replacing takes away codes of the mapped types that a row lacks.">
        {(control) => (
          <Select
            {...control}
            value={mapping.codes}
            disabled={isDisabled}
            onChange={(event) => onChange({ codes: event.target.value as Mapping["codes"] })} // one of the options
          >
            <option value="merge">Add to what is there</option>
            <option value="replace">Replace</option>
          </Select>
        )}
      </Field>
      <div className="grid content-start gap-1.5 text-xs text-muted">
        <label className="flex items-center gap-1.5 text-sm text-text">
          <Checkbox
            checked={mapping.stockedOnly}
            disabled={isDisabled}
            onChange={(event) => onChange({ stockedOnly: event.target.checked })}
          />
          Add only what an ERP list holds
        </label>
        <p>
          What no product matches, and what goes missing:{" "}
          <Link href={`/feeds/${sourceId}/policies`} className="text-accent underline">
            rules and limits
          </Link>
        </p>
      </div>
    </section>
  );
}

function ColumnChoice(props: {
  label: string;
  help: string;
  value: string | null;
  columns: SampleColumn[];
  isDisabled: boolean;
  onChange: (column: string | null) => void;
}) {
  const { label, help, value, columns, isDisabled, onChange } = props;
  return (
    <Field label={label} help={help}>
      {(control) => (
        <Select
          {...control}
          value={value ?? ""}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">None</option>
          {value !== null && !columns.some(({ column }) => column === value) && (
            <option value={value}>{`${value} (not in this file)`}</option>
          )}
          {columns.map(({ column, samples }) => (
            <option key={column} value={column}>
              {samples[0] ? `${column} — ${samples[0].slice(0, 40)}` : column}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
