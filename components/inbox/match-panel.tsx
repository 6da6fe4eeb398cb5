"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { answerMatchesAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Badge } from "@/components/ui/status";
import { formatCents } from "@/lib/format";
import type { InboxItem } from "@/lib/inbox/get-inbox-item";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { codeColumn } from "@/lib/sync/match-queue/code-column";
import { useAnswer } from "./answer-call";
import { ProductSearch } from "./product-search";

type MatchItem = Extract<InboxItem, { kind: "match" }>;
type Props = { item: MatchItem; mayAnswer: boolean };

/** Which product is this row? What it says, what it may be and why, and the three answers. */
export function MatchPanel({ item, mayAnswer }: Props) {
  const { send, isPending } = useAnswer();
  const answer = (what: Parameters<typeof answerMatchesAction>[0]["answer"], told: string) =>
    send(
      () => answerMatchesAction({ changeIds: [item.changeId], answer: what }),
      () => told,
    );
  const isOne = (productId: string, sku: string) =>
    answer({ as: "product", productId }, `${item.key} is ${sku} from now on.`);
  return (
    <>
      <p className="text-muted [overflow-wrap:anywhere]">{item.reason}</p>
      <RowFacts item={item} />
      <section aria-labelledby="may-be" className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h3 id="may-be" className="text-xs text-muted">
          It may be
        </h3>
        {item.candidates.length === 0 && <p className="text-muted">No product resembles it by code or name.</p>}
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {item.candidates.map((candidate) => (
            <li
              key={candidate.productId}
              className="grid grid-cols-[minmax(0,1fr)] gap-1.5 rounded-md border bg-panel px-3 py-2"
            >
              <div className="flex items-baseline gap-2">
                <span className="mono text-xs text-muted">{candidate.sku}</span>
                <Link href={`/products/${candidate.productId}`} className="min-w-0 flex-1 font-medium hover:underline">
                  {candidate.name}
                </Link>
                <span className="tabular text-xs">{formatCents(candidate.priceCents)}</span>
              </div>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                <Badge tone={candidate.isStrong ? "blue" : "idle"}>
                  {candidate.isStrong ? "same code" : "suggestion"}
                </Badge>
                {candidate.status !== "active" && <Badge>{candidate.status}</Badge>}
                <span className="[overflow-wrap:anywhere]">{candidate.evidence.join(" · ")}</span>
              </p>
              {mayAnswer && (
                <Button
                  size="small"
                  className="justify-self-start"
                  aria-disabled={isPending}
                  aria-label={`It is ${candidate.sku}`}
                  onClick={() => isOne(candidate.productId, candidate.sku)}
                >
                  It is this one
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayAnswer && <ProductSearch onChoose={isOne} />}
      </section>
      {mayAnswer && (
        <NewProduct
          item={item}
          isPending={isPending}
          make={(given) => answer({ as: "new", ...given }, `A product is made of ${item.key}.`)}
        />
      )}
      {mayAnswer && (
        <p className="flex flex-wrap items-center gap-2 border-t pt-3">
          <Button
            aria-disabled={isPending}
            onClick={() => answer({ as: "left_out" }, `${item.key} is left out from now on.`)}
          >
            Leave it out
          </Button>
          <span className="text-xs text-muted">Later runs won't ask about it again.</span>
        </p>
      )}
    </>
  );
}

function RowFacts({ item }: { item: MatchItem }) {
  const facts = [
    ["Key", item.key],
    ...item.codes.filter((code) => code.code !== item.key).map((code) => [codeColumn(code.type), code.code]),
    ...item.lines.flatMap((line) => {
      const value = fieldValue(line.field, line.after, line.type);
      return value ? [[fieldLabel(line.field), cut(value)]] : [];
    }),
  ];
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 rounded-md border bg-panel px-3 py-2">
      {facts.map(([label, value]) => (
        <div key={`${label}-${value}`} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="tabular [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type NewProps = { item: MatchItem; isPending: boolean; make: (given: { sku?: string; name?: string }) => void };

/** A product of its own; what the feed lacks is asked for. */
function NewProduct({ item, isPending, make }: NewProps) {
  const { lacks, given } = item;
  const [sku, setSku] = useState(given.sku ?? item.key);
  const [name, setName] = useState(given.name ?? "");
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (lacks && !(sku.trim() && name.trim())) return setError("A product needs a SKU and a name.");
    setError(undefined);
    make(lacks ? { sku: sku.trim(), name: name.trim() } : {});
  }

  return (
    <form onSubmit={submit} className="grid gap-2 border-t pt-3">
      <h3 className="text-xs text-muted">Or a new product</h3>
      {lacks && (
        <>
          <p className="text-xs text-muted">{lacks}</p>
          <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-2">
            <Field label="SKU">
              {(control) => <Input {...control} value={sku} onChange={(event) => setSku(event.target.value)} />}
            </Field>
            <Field label="Name" error={error}>
              {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
          </div>
        </>
      )}
      <Button type="submit" className="justify-self-start" aria-disabled={isPending}>
        Make a new product
      </Button>
    </form>
  );
}

function cut(text: string) {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
