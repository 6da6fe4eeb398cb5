"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSearchAnswer } from "@/components/ui/use-search-answer";
import type { Finding } from "@/lib/search/find-anything";

type Found = { id: string; sku: string; name: string };
type Props = { onChoose: (productId: string, sku: string) => void };

/** Any other product, by words or code. */
export function ProductSearch({ onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const { asked, answer } = useSearchAnswer<Finding>("/api/palette", typed);

  return (
    <div className="grid gap-1.5">
      <Field label="Another product">
        {(control) => (
          <Input
            {...control}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="SKU, code or words of its name"
            autoComplete="off"
          />
        )}
      </Field>
      {asked && answer && <Results found={answer.found?.products ?? null} onChoose={onChoose} />}
    </div>
  );
}

function Results({ found, onChoose }: Props & { found: Found[] | null }) {
  if (found === null)
    return <p className="text-xs text-red">The search could not be answered. Type on to try again.</p>;
  if (found.length === 0) return <p className="text-xs text-muted">No product is called so.</p>;
  return (
    <ul className="rounded-md border bg-panel">
      {found.map(({ id, sku, name }) => (
        <li key={id} className="flex items-center gap-2 border-line-soft px-3 py-1.5 not-last:border-b">
          <span className="mono text-xs text-muted">{sku}</span>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <Button size="small" onClick={() => onChoose(id, sku)} aria-label={`It is ${sku}`}>
            It is this one
          </Button>
        </li>
      ))}
    </ul>
  );
}
