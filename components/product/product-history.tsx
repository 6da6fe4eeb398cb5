"use client";

import Link from "next/link";
import { type ReactNode, useState, useTransition } from "react";
import { listHistoryAction } from "@/app/(dashboard)/products/[id]/actions";
import { ValueDiff } from "@/components/diff/value-diff";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { HistoryCursor, HistoryEvent, HistoryLine } from "@/lib/catalog/product-history";
import { formatPlural } from "@/lib/format";
import { AsOfForm } from "./as-of-form";

/** Lines shown before the rest is folded away. */
const FOLD = 12;

interface Page {
  events: HistoryEvent[];
  next: HistoryCursor | null;
}

/** Everything that happened to a product, newest first: who, what, when, each field before and after. */
export function ProductHistory({ productId, first }: { productId: string; first: Page }) {
  const [older, setOlder] = useState<Page[]>([]);
  const [failure, setFailure] = useState<string>();
  const [isLoading, startLoading] = useTransition();
  const events = [...first.events, ...older.flatMap((page) => page.events)];
  const next = (older.at(-1) ?? first).next;

  function loadMore() {
    if (!next) return;
    startLoading(async () => {
      const result = await answerOf(listHistoryAction({ id: productId, after: next }));
      if (result.ok) setOlder((pages) => [...pages, result.data]);
      setFailure(result.ok ? undefined : result.error.message);
    });
  }

  if (events.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet">
        What feeds and people change on this product will be told here, with every value before and after.
      </EmptyState>
    );
  }
  return (
    <div className="flex-1 bg-panel px-4 pt-2 pb-10 sm:px-6">
      <AsOfForm productId={productId} />
      <ol>
        {events.map((event) => (
          <Event key={event.id} event={event} productId={productId} />
        ))}
      </ol>
      <div className="pt-3 text-muted">
        {next ? (
          <Button onClick={loadMore} disabled={isLoading}>
            {isLoading ? "Loading…" : "Load more"}
          </Button>
        ) : (
          "This is the beginning."
        )}
        {failure && (
          <p role="alert" className="pt-1 text-red">
            {failure}
          </p>
        )}
      </div>
    </div>
  );
}

type EventProps = {
  event: HistoryEvent;
  productId?: string;
  /** At the end of its first line. */
  action?: ReactNode;
};

/** One thing that happened: who, when, in which run, each field before and after. */
export function Event({ event, productId, action }: EventProps) {
  const shown = event.lines.slice(0, FOLD);
  const folded = event.lines.slice(FOLD);
  return (
    <li className="border-b border-line-soft py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <b className="inline-block font-semibold first-letter:uppercase">{event.who}</b>
        {/* The gap is drawn; whoever hears or copies the line needs the space. */}{" "}
        <span>{event.what === "created" ? "created it" : event.what === "undone" ? "changed" : event.what}</span>
        {event.undoes !== null && (
          <Link href={`/syncs/${event.undoes}`} className="text-accent underline">
            run {event.undoes}
          </Link>
        )}
        {event.what === "undone" && <Badge>since undone</Badge>}
        <span className="text-muted">
          <Time at={event.at} format="short" />
          {event.run !== null && (
            <>
              {" · "}
              <Link href={`/syncs/${event.run}`} className="hover:underline">
                {event.via ? `${event.via}, run ${event.run}` : `run ${event.run}`}
              </Link>
            </>
          )}
          {productId && (
            <>
              {" · "}
              <Link href={`/products/${productId}?as_of=${event.at.toISOString()}`} className="hover:underline">
                as of then, restore
              </Link>
            </>
          )}
        </span>
        {action && <span className="ml-auto">{action}</span>}
      </p>
      <Lines lines={shown} />
      {folded.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-accent">{formatPlural(folded.length, "more field")}</summary>
          <Lines lines={folded} />
        </details>
      )}
    </li>
  );
}

function Lines({ lines }: { lines: HistoryLine[] }) {
  return (
    <dl className="mt-1 grid grid-cols-1 gap-x-3 sm:grid-cols-[190px_minmax(0,1fr)]">
      {lines.map((line) => (
        <div key={`${line.field} ${line.before} ${line.after}`} className="contents">
          <dt className="py-0.5 break-words text-muted">{line.label}</dt>
          <dd className="min-w-0 py-0.5">
            <ValueDiff before={line.before} after={line.after} label={line.label} />
            {line.kept && <span className="ml-2 text-2xs text-amber">not applied: kept by a person</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
