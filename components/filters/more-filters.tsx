"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = {
  /** Filters in here that narrow the list now; they start unfolded. */
  active: number;
  children: ReactNode;
};

/** Filters that are seldom needed, on a line of their own once asked for. */
export function MoreFilters({ active, children }: Props) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(active > 0);
  return (
    <>
      <Button
        variant="ghost"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className={active > 0 ? "text-accent" : undefined}
      >
        <SlidersHorizontal aria-hidden />
        {isOpen ? "Fewer filters" : "More filters"}
        {active > 0 && <span className="tabular">{active}</span>}
      </Button>
      {/* Folded they still belong to the form: what they say stays in the address. */}
      <div id={id} hidden={!isOpen} className={isOpen ? "flex basis-full flex-wrap items-center gap-2" : undefined}>
        {children}
      </div>
    </>
  );
}
