"use client";

import { GripVertical } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { MetafieldView } from "@/lib/catalog/get-product";

type Props = {
  metafield: MetafieldView;
  label: string;
  /** By how many places; null where there is no order to change. */
  move: ((by: -1 | 1) => void) | null;
};

/** Before a metafield's line: dragged it moves the line, clicked it opens what else is known of it. */
export function MetafieldHandle({ metafield, label, move }: Props) {
  return (
    <OnIntent
      load={() => import("./metafield-details").then((module) => module.MetafieldDetails)}
      opens="dialog"
      props={{ metafield, label, move }}
    >
      <Button
        data-handle
        variant="ghost"
        size="icon-small"
        aria-label={`Order, note and visibility of ${label}`}
        title="Drag to move, click for note and visibility"
        className="opacity-0 sm:absolute sm:top-1 sm:-left-6 group-focus-within/line:opacity-100 group-hover/line:opacity-100 pointer-coarse:opacity-100"
      >
        <GripVertical aria-hidden />
      </Button>
    </OnIntent>
  );
}
