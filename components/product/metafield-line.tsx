"use client";

import { type KeyboardEvent, memo } from "react";
import type { MetafieldView } from "@/lib/catalog/get-product";
import { useEditor } from "./editor";
import type { Line } from "./lines";
import { MetafieldHandle } from "./metafield-handle";
import { RemoveButton } from "./remove-metafield";
import { ValueLine } from "./value-line";

type Props = {
  metafield: MetafieldView;
  line: Line;
  /** Its place among those of its namespace. */
  at: number;
  /** Null where there is no order to change. */
  onMove: ((at: number, to: number) => void) | null;
};

/** One metafield: its value, and what can be done with it. Drawn anew only when it is another. */
export const MetafieldLine = memo(function MetafieldLine({ metafield, line, at, onMove }: Props) {
  const { canManage } = useEditor();
  const move = onMove && ((by: -1 | 1) => onMove(at, at + by));
  function onKeyDown(event: KeyboardEvent) {
    if (!move || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its children out in its own way
    <div
      role="group"
      aria-label={`Metafield ${line.label}`}
      onKeyDown={onKeyDown}
      className="relative data-[drop=above]:shadow-[0_-2px_0_var(--color-accent)] data-[drop=below]:shadow-[0_2px_0_var(--color-accent)] data-dragged:opacity-50"
    >
      <ValueLine
        line={line}
        action={
          canManage && (
            <>
              <MetafieldHandle metafield={metafield} label={line.label} move={move} />
              <RemoveButton line={line} />
            </>
          )
        }
      />
    </div>
  );
});
