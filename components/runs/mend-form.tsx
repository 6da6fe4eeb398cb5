"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { mendRowAction } from "@/app/(dashboard)/syncs/retry-actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { MendInput, RowToMend } from "@/lib/sync/retry/mend-row";
import { useRetry } from "./use-retry";

/** Above so many columns, empty ones are shown on demand: feeds have thousands. */
const COLUMNS_SHOWN = 24;
/** A cell longer than this gets room for lines. */
const LONG_CELL = 80;

type Props = { row: RowToMend; runId: string; onDone: () => void };

export function MendForm({ row, runId, onDone }: Props) {
  const router = useRouter();
  const { columns } = row;
  const hasCells = row.rows?.every((one) => one.length === columns?.length) ?? false;
  const [cells, setCells] = useState(row.rows ?? []);
  const [text, setText] = useState(row.text);
  const [asText, setAsText] = useState(!hasCells);
  const [showsAll, setShowsAll] = useState(false);
  const mend = useAction(mendRowAction);
  const { retry, isPending, error } = useRetry(runId, onDone);

  function save(mended: MendInput["mended"], done: () => void) {
    mend.submit({ id: row.id, from: row.text, mended }, done);
  }

  function mended(): MendInput["mended"] {
    return asText ? { as: "text", text } : { as: "cells", rows: cells };
  }

  function keep(words: string) {
    onDone();
    void showToast(words);
    router.refresh();
  }

  function tryNow(event: FormEvent) {
    event.preventDefault();
    save(mended(), () => retry({ type: "rows", ids: [row.id] }, true));
  }

  const failure = mend.error?.message ?? error?.message;
  const isBusy = mend.isPending || isPending;
  return (
    <form onSubmit={tryNow} className="grid gap-3">
      {asText || !columns ? (
        <Field
          label="The row as text"
          help={hasCells ? undefined : "Its cells can't be told apart as it stands: mend separators and quotes here."}
        >
          {(control) => (
            <Textarea
              {...control}
              value={text}
              onChange={(event) => setText(event.target.value)}
              rows={8}
              className="mono"
            />
          )}
        </Field>
      ) : (
        // Rows of one refusal have no other identity than their place, and are neither added nor moved.
        Object.entries(cells).map(([at, one]) => (
          <Cells
            key={at}
            title={cells.length > 1 ? `Row ${Number(at) + 1} of ${cells.length}` : null}
            columns={columns}
            cells={one}
            wrong={row.column}
            showsAll={showsAll}
            onChange={(next) => setCells(cells.map((other, index) => (index === Number(at) ? next : other)))}
          />
        ))
      )}
      <div className="flex flex-wrap items-center gap-2">
        {!asText && columns && columns.length > COLUMNS_SHOWN && (
          <Button size="small" variant="ghost" onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Only filled columns" : `All ${columns.length} columns`}
          </Button>
        )}
        {hasCells && (
          <Button size="small" variant="ghost" onClick={() => setAsText(!asText)}>
            {asText ? "As cells" : "As text"}
          </Button>
        )}
        {row.isMended && (
          <Button
            size="small"
            variant="ghost"
            onClick={() => save({ as: "original" }, () => keep("The row is as it stood in the file again."))}
          >
            Back to the original
          </Button>
        )}
      </div>
      {failure && (
        <p role="alert" className="text-red">
          {failure}
        </p>
      )}
      <footer className="flex flex-wrap justify-end gap-2 border-t pt-3">
        <Button
          aria-disabled={isBusy}
          onClick={() => save(mended(), () => keep("Mended. Try it together with the others when you are through."))}
        >
          Keep as ready
        </Button>
        <Button type="submit" variant="primary" aria-disabled={isBusy}>
          {isBusy ? "Starting…" : "Try it now"}
        </Button>
      </footer>
    </form>
  );
}

type CellsProps = {
  title: string | null;
  columns: string[];
  cells: string[];
  /** The column the refusal names. */
  wrong: string | null;
  showsAll: boolean;
  onChange: (cells: string[]) => void;
};

function Cells({ title, columns, cells, wrong, showsAll, onChange }: CellsProps) {
  const set = (at: number, value: string) => onChange(cells.map((cell, index) => (index === at ? value : cell)));
  const isShown = (name: string, at: number) =>
    showsAll || columns.length <= COLUMNS_SHOWN || name === wrong || cells[at] !== "";
  return (
    <fieldset className="grid items-start gap-2 sm:grid-cols-2">
      {title && <legend className="mb-1 font-medium">{title}</legend>}
      {columns.map((name, at) => {
        if (!isShown(name, at)) return null;
        const value = cells[at] ?? "";
        const error = name === wrong ? "This is what it was refused for." : undefined;
        return (
          // Two columns may be called the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
          <Field key={at} label={name || `Column ${at + 1}`} error={error}>
            {(control) =>
              value.length > LONG_CELL || value.includes("\n") ? (
                <Textarea {...control} value={value} rows={3} onChange={(event) => set(at, event.target.value)} />
              ) : (
                <Input {...control} value={value} onChange={(event) => set(at, event.target.value)} />
              )
            }
          </Field>
        );
      })}
    </fieldset>
  );
}
