"use client";

import { Checkbox } from "@/components/ui/input";
import { useReviewSelection } from "./review-selection";

/** Ticks one row; with Shift all rows since the last one. J and K stop here. */
export function ReviewTick({ id, label }: { id: number; label: string }) {
  const { isTicked, toggle } = useReviewSelection();
  return (
    // A near miss would open the product.
    <label className="above-link -m-[5px] inline-grid size-6 place-items-center align-middle">
      <Checkbox
        data-row-tick={id}
        aria-label={`Tick ${label}`}
        checked={isTicked(id)}
        // The click knows of Shift, the change does not.
        onClick={(event) => toggle(id, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  );
}

/** Ticks the rows of the page. */
export function ReviewTickPage() {
  const { isPageTicked, togglePage, shown } = useReviewSelection();
  return (
    <Checkbox
      aria-label="Tick all rows of this page"
      checked={isPageTicked}
      disabled={shown.pageIds.length === 0}
      onChange={togglePage}
    />
  );
}
