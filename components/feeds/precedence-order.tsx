"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { RulingOrder } from "@/lib/feeds/precedence";
import type { RulingSource } from "./precedence-form";

type Props = {
  label: string;
  sources: RulingSource[];
  order: RulingOrder;
  /** Absent for those who may only look. */
  onChange?: (ids: string[]) => void;
};

/** Sources from the ruling one down, moved by a button each way. */
export function PrecedenceOrder({ label, sources, order, onChange }: Props) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const rows = order.steps.flatMap((ids, step) =>
    ids.flatMap((id) => {
      const source = byId.get(id);
      return source ? [{ source, step: step + 1 }] : [];
    }),
  );
  function move(at: number, by: -1 | 1) {
    const ids = rows.map(({ source }) => source.id);
    const [moved] = ids.splice(at, 1);
    if (moved) ids.splice(at + by, 0, moved);
    onChange?.(ids);
  }
  return (
    <ol aria-label={`Order of feeds: ${label}`} className="divide-y rounded-md border bg-panel">
      {rows.map(({ source, step }, at) => (
        <li key={source.id} className="flex min-h-9 items-center gap-3 px-3 py-1">
          <span className="tabular w-4 text-right text-faint">{step}</span>
          <span className="min-w-0 truncate font-medium">{source.name}</span>
          <span className="text-xs text-muted">{FEED_KINDS[source.kind].label}</span>
          {onChange && (
            <span className="ml-auto flex gap-1">
              <Button
                size="icon-small"
                variant="ghost"
                aria-label={`Move ${source.name} up in ${label}`}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <ChevronUp aria-hidden className="size-4" />
              </Button>
              <Button
                size="icon-small"
                variant="ghost"
                aria-label={`Move ${source.name} down in ${label}`}
                disabled={at === rows.length - 1}
                onClick={() => move(at, 1)}
              >
                <ChevronDown aria-hidden className="size-4" />
              </Button>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
