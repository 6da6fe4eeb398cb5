"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { MappedColumn } from "@/lib/feeds/mapping";
import type { SampleColumn } from "@/lib/feeds/mapping/sample-columns";
import { formatCount } from "@/lib/format";
import { fieldLabel } from "@/lib/sync/field-words";
import { ColumnRow } from "./column-row";

/** Rows drawn at a time: feeds have thousands of columns. */
const DRAWN = 60;

type Props = {
  columns: SampleColumn[];
  byColumn: Map<string, MappedColumn>;
  keyColumn: string | null;
  skuColumn: string | null;
  isWhole: boolean;
  isDisabled: boolean;
  onChange: (mapped: MappedColumn) => void;
};

type Shown = "all" | "taken" | "left" | "changed";

/** The columns found in the file, each with where it goes. */
export function ColumnList({ columns, byColumn, keyColumn, skuColumn, isWhole, isDisabled, onChange }: Props) {
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [drawn, setDrawn] = useState(DRAWN);
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return columns.filter((column) => {
      const label = column.group === "field" ? fieldLabel(column.label) : column.label;
      if (wanted && !`${label} ${column.column}`.toLowerCase().includes(wanted)) return false;
      const mapped = byColumn.get(column.column);
      const isIdentity = column.column === keyColumn || column.column === skuColumn;
      const isLeft = isIdentity ? false : mapped ? mapped.target.to === "ignore" : isWhole || column.group === "column";
      if (shown === "taken") return !isLeft;
      if (shown === "left") return isLeft;
      return shown === "all" || mapped !== undefined;
    });
  }, [columns, byColumn, keyColumn, skuColumn, isWhole, search, shown]);
  return (
    <section aria-label="Columns" className="min-w-0">
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
        <Input
          type="search"
          aria-label="Find a column"
          placeholder="Find a column"
          className="max-w-60"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setDrawn(DRAWN);
          }}
        />
        <Select
          aria-label="Which columns"
          className="w-auto"
          value={shown}
          onChange={(event) => setShown(event.target.value as Shown)} // one of the options
        >
          <option value="all">All columns</option>
          <option value="taken">Taken</option>
          <option value="left">Left out</option>
          <option value="changed">Mapped here</option>
        </Select>
        <p className="tabular ml-auto text-xs text-muted">
          {found.length === columns.length
            ? `${formatCount(columns.length)} columns`
            : `${formatCount(found.length)} of ${formatCount(columns.length)} columns`}
        </p>
      </div>
      {found.length === 0 ? (
        <p className="px-4 py-6 text-muted">No column fits. Search for something else, or show all columns.</p>
      ) : (
        <ul>
          {found.slice(0, drawn).map((column) => (
            <ColumnRow
              key={column.column}
              column={column}
              role={roleOf(column.column, keyColumn, skuColumn)}
              mapped={byColumn.get(column.column)}
              isWhole={isWhole}
              isDisabled={isDisabled}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
      {found.length > drawn && (
        <div className="border-t px-4 py-2">
          <Button
            onClick={() => setDrawn(drawn + 200)}
          >{`Show ${formatCount(Math.min(200, found.length - drawn))} more`}</Button>
        </div>
      )}
    </section>
  );
}

function roleOf(column: string, keyColumn: string | null, skuColumn: string | null): string | null {
  if (column === keyColumn) return column === skuColumn ? "key and SKU" : "key";
  return column === skuColumn ? "SKU" : null;
}
