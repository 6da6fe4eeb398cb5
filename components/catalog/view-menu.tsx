"use client";

import { ChevronDown, Eye } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { ProductSearch } from "@/lib/catalog/product-search";
import type { ViewChoice } from "@/lib/views/list-views";

export type ViewMenuProps = {
  base: string;
  search: ProductSearch;
  views: ViewChoice[];
  /** The view that the list began as. */
  view: ViewChoice | null;
  isChanged: boolean;
  canShare: boolean;
};

const load = () => import("./view-popover").then((module) => module.ViewPopover);

/** The view the list is, and whether it is still what the view says. */
export function ViewMenu(props: ViewMenuProps) {
  const { view, isChanged } = props;
  return (
    <OnIntent load={load} opens="dialog" props={props}>
      <Button variant="ghost" className="max-w-56" aria-keyshortcuts="V" title="Views (V)">
        <Eye aria-hidden />
        <span className="truncate">
          <span className="sr-only">View: </span>
          {view?.name ?? "All products"}
          {view && isChanged && <span className="text-amber"> · changed</span>}
        </span>
        <ChevronDown aria-hidden />
      </Button>
    </OnIntent>
  );
}
