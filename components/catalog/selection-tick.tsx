"use client";

import type { DataColumn } from "@/components/data-table/features";
import { Checkbox } from "@/components/ui/input";
import type { ProductLine } from "./columns";
import { useSelection } from "./selection";

/** Selects one product; with Shift all from the one last ticked. X does it for the row in focus. */
function SelectionTick({ id, label }: { id: string; label: string }) {
  const selection = useSelection();
  if (!selection) return null;
  return (
    // The whole cell takes the click: a miss would open the product.
    <label className="above-link -mx-3 flex h-full items-center justify-center max-sm:-my-2 max-sm:h-12 max-sm:w-11">
      <Checkbox
        data-row-tick={id}
        aria-label={`Select ${label}`}
        checked={selection.isTicked(id)}
        // The click knows of Shift, the change does not.
        onClick={(event) => selection.toggle(id, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  );
}

function SelectionTickPage() {
  const selection = useSelection();
  if (!selection) return null;
  return (
    <label className="-mx-3 flex h-full items-center justify-center">
      <Checkbox
        aria-label="Select all products of this page"
        checked={selection.isPageTicked}
        onChange={selection.togglePage}
      />
    </label>
  );
}

export const TICK_COLUMN: DataColumn<ProductLine> = {
  id: "tick",
  meta: { label: "Selected", width: "36px", phone: "tick", Head: SelectionTickPage },
  cell: ({ row }) => <SelectionTick id={row.original.id} label={`${row.original.sku} ${row.original.name}`} />,
};
