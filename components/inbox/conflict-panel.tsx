"use client";

import Link from "next/link";
import { answerConflictsAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import type { ConflictLine, InboxItem } from "@/lib/inbox/get-inbox-item";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { useAnswer } from "./answer-call";

type Props = { item: Extract<InboxItem, { kind: "conflict" }>; mayAnswer: boolean };

const ANSWERED = { mine: "kept", feed: "the feed's was taken", other: "another value was given" } as const;

/** What the feed said, what a person keeps, what the feed says now; one answer a field. */
export function ConflictPanel({ item, mayAnswer }: Props) {
  const { send, isPending } = useAnswer();
  const answer = (field: string, what: "mine" | "feed") =>
    send(
      () => answerConflictsAction({ changeIds: [item.changeId], field, answer: what }),
      () => (what === "mine" ? `${fieldLabel(field)} stays as it is.` : `${fieldLabel(field)} is the feed's again.`),
    );
  return (
    <>
      <p className="flex items-baseline gap-2">
        <span className="mono text-xs text-muted">{item.product.sku}</span>
        <Link href={`/products/${item.product.id}`} className="text-accent hover:underline">
          Open the product
        </Link>
      </p>
      {item.lines.map((line) => (
        <section
          key={line.field}
          aria-label={fieldLabel(line.field)}
          className="grid gap-2 rounded-md border bg-panel px-3 py-2"
        >
          <h3 className="font-medium">{fieldLabel(line.field)}</h3>
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
            {!line.isUnknownCategory && <Value label="The feed had said" value={show(line, line.keptOver)} />}
            <Value label={line.isUnknownCategory ? "The product's" : "A person keeps"} value={show(line, line.mine)} />
            <Value label="The feed says now" value={show(line, line.feed)} />
          </dl>
          {line.isUnknownCategory && (
            <p className="text-xs text-muted">
              Nobody knows this category: the product keeps its own. Choose another on its page, or keep it.
            </p>
          )}
          {line.answered ? (
            <p className="text-xs text-muted">Settled: {ANSWERED[line.answered]}.</p>
          ) : (
            mayAnswer && (
              <p className="flex flex-wrap gap-2">
                <Button size="small" aria-disabled={isPending} onClick={() => answer(line.field, "mine")}>
                  Keep mine
                </Button>
                {!line.isUnknownCategory && (
                  <Button size="small" aria-disabled={isPending} onClick={() => answer(line.field, "feed")}>
                    Take the feed's
                  </Button>
                )}
                <Button size="small" variant="ghost" asChild>
                  <Link href={`/products/${item.product.id}`}>Another value…</Link>
                </Button>
              </p>
            )
          )}
        </section>
      ))}
    </>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular whitespace-pre-line [overflow-wrap:anywhere]">{value}</dd>
    </>
  );
}

function show({ field, type }: ConflictLine, value: ConflictLine["mine"]) {
  const text = fieldValue(field, value, type) ?? "nothing";
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
