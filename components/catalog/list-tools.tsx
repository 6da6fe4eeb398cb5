"use client";

import { Columns3, ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import type { Density } from "@/lib/catalog/list-layout";
import type { ColumnId, ProductSearch } from "@/lib/catalog/product-search";

type FilterProps = { base: string; search: ProductSearch; category: { id: string; hasChildren: boolean } | null };

export function FilterButton(props: FilterProps) {
  async function load() {
    const { FilterPopover } = await import("./filter-popover");
    return (intent: IntentProps) => <FilterPopover {...props} {...intent} />;
  }
  return (
    // Its form begins with what the list shows, so another list is another form.
    <OnIntent key={JSON.stringify(props.search)} load={load} opens="dialog">
      <Button variant="ghost">
        <ListFilter aria-hidden />
        Filter
      </Button>
    </OnIntent>
  );
}

type LayoutProps = { base: string; search: ProductSearch; columns: ColumnId[]; density: Density };

export function LayoutButton(props: LayoutProps) {
  async function load() {
    const { LayoutPopover } = await import("./layout-popover");
    return (intent: IntentProps) => <LayoutPopover {...props} {...intent} />;
  }
  return (
    <OnIntent load={load} opens="dialog">
      <Button variant="ghost" className="ml-auto max-sm:hidden">
        <Columns3 aria-hidden />
        Columns
      </Button>
    </OnIntent>
  );
}
