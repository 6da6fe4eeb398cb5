"use client";

import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/lib/format";
import type { SheetColumn } from "@/lib/sheet/sheet-column";
import type { KeptDrafts } from "./use-sheet-drafts";

type Props = { drafts: KeptDrafts; columns: readonly SheetColumn[]; onRestored: () => void };

/** Offers what was typed before a reload, a crash or another sign-in and never saved. */
export function DraftBar({ drafts: { offered, restore, discard }, columns, onRestored }: Props) {
  const [first] = offered;
  if (!first) return null;
  const isHere = (column: string) => columns.some(({ id }) => id === column);
  const hidden = [...new Set(offered.filter(({ column }) => !isHere(column)).map(({ label }) => label))];
  const fitting = offered.length - offered.filter(({ column }) => !isHere(column)).length;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-b bg-amber-soft px-3 py-1.5 text-xs text-amber"
    >
      <History aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0">
        {formatPlural(offered.length, "cell")} typed earlier {offered.length === 1 ? "was" : "were"} never saved, first{" "}
        {first.label} of {first.sku || first.name}: “{first.typed.slice(0, 60)}”.
        {hidden.length > 0 && ` Show the column ${hidden.join(", ")} to put back what was typed there.`}
      </span>
      <span className="ml-auto flex gap-2">
        <Button size="small" onClick={discard}>
          Discard
        </Button>
        {fitting > 0 && (
          <Button
            size="small"
            variant="primary"
            onClick={() => {
              restore();
              onRestored();
            }}
          >
            Put back {formatPlural(fitting, "cell")}
          </Button>
        )}
      </span>
    </div>
  );
}
