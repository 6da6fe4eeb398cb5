"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { fieldLabel } from "@/lib/sync/field-words";
import type { PreviewState } from "./use-preview";

/** The first rows of the real file as products, one at a time, and what is wrong with the others. */
export function PreviewPanel({ state }: { state: PreviewState }) {
  const [at, setAt] = useState(0);
  const { last } = state;
  const row = last?.rows[Math.min(at, last.rows.length - 1)];
  const errors = last?.problems.filter((problem) => problem.isError).length ?? 0;
  return (
    <section aria-label="Preview" aria-busy={state.is === "loading"} className="grid content-start gap-2 px-4 py-3">
      <div className="flex items-center gap-2">
        <h2 className="flex-1 text-md font-semibold">As it would be staged</h2>
        {last && last.rows.length > 0 && (
          <>
            <Button size="small" disabled={at === 0} onClick={() => setAt(at - 1)}>
              Previous
            </Button>
            <span className="tabular text-xs text-muted">
              {Math.min(at, last.rows.length - 1) + 1} of {last.rows.length}
            </span>
            <Button size="small" disabled={at >= last.rows.length - 1} onClick={() => setAt(at + 1)}>
              Next
            </Button>
          </>
        )}
      </div>
      {state.is === "failed" && (
        <p role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
          {state.reason}
        </p>
      )}
      {!last && state.is === "loading" && <p className="text-muted">Reading the file…</p>}
      {last && last.rows.length === 0 && state.is === "shown" && (
        <p className="text-muted">No row of the file&apos;s beginning can be taken. What is wrong stands below.</p>
      )}
      {row && (
        <dl className={state.is === "loading" ? "opacity-60" : undefined}>
          <Value name="Key" value={row.key} note={`line ${row.line}`} />
          {row.sku !== null && row.sku !== row.key && <Value name="SKU" value={row.sku} />}
          {Object.entries(row.values).map(([name, value]) => (
            <Value key={name} name={nameOf(name)} value={value} />
          ))}
        </dl>
      )}
      {last && last.problems.length > 0 && (
        <div>
          <h3 className="mb-1 text-xs font-medium text-muted">
            {errors > 0 ? `${errors} of ${last.looked} rows looked at would be refused` : "Taken, with a remark"}
          </h3>
          <ul className="max-h-72 overflow-y-auto rounded-md border bg-panel">
            {last.problems.map((problem) => (
              <li
                key={`${problem.line}-${problem.column}-${problem.reason}`}
                className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-2 border-line-soft px-3 py-1.5 text-xs not-last:border-b"
              >
                <span className={problem.isError ? "tabular text-red" : "tabular text-amber"}>line {problem.line}</span>
                <span>
                  {problem.column && <b className="font-medium">{problem.column}: </b>}
                  {problem.reason}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function nameOf(name: string) {
  if (name === "codes") return "Codes";
  return name === "images" ? "Pictures" : fieldLabel(name);
}

function Value({ name, value, note }: { name: string; value: string | null; note?: string }) {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)_auto] gap-2 border-b border-line-soft py-1">
      <dt className="truncate text-muted" title={name}>
        {name}
      </dt>
      <dd className="line-clamp-3 break-words">{value ?? <span className="text-faint">cleared</span>}</dd>
      {note && <dd className="tabular text-xs text-muted">{note}</dd>}
    </div>
  );
}
