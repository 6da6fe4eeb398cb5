"use client";

import { Columns3, ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { MetafieldId } from "@/lib/catalog/filter/condition";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";
import type { Density } from "@/lib/catalog/list-layout";
import type { ColumnId, ProductSearch } from "@/lib/catalog/product-search";
import type { MetafieldColumn } from "./columns";

type FilterProps = {
  base: string;
  search: ProductSearch;
  names: FilterNames;
  category: { id: string; hasChildren: boolean } | null;
};

const loadFilter = () => import("./filter-popover").then((module) => module.FilterPopover);
const loadLayout = () => import("./layout-popover").then((module) => module.LayoutPopover);

export function FilterButton(props: FilterProps) {
  return (
    // Its form begins with what the list shows, so another list is another form.
    <OnIntent key={JSON.stringify(props.search)} load={loadFilter} props={props} opens="dialog">
      <Button variant="ghost" aria-keyshortcuts="F" title="Filter (F)">
        <ListFilter aria-hidden />
        Filter
      </Button>
    </OnIntent>
  );
}

type LayoutProps = {
  base: string;
  search: ProductSearch;
  columns: ColumnId[];
  pinned: ColumnId[];
  metafields: Partial<Record<MetafieldId, MetafieldColumn>>;
  density: Density;
};

export function LayoutButton(props: LayoutProps) {
  return (
    <OnIntent load={loadLayout} props={props} opens="dialog">
      <Button variant="ghost" className="ml-auto max-sm:hidden">
        <Columns3 aria-hidden />
        Columns
      </Button>
    </OnIntent>
  );
}
