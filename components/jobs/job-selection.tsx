"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { Checkbox } from "@/components/ui/input";

interface Selection {
  /** Those of this page that are ticked, in their order. */
  ticked: string[];
  isPageTicked: boolean;
  toggle: (id: string) => void;
  togglePage: () => void;
  clear: () => void;
}

const SelectionContext = createContext<Selection | null>(null);

export function useJobSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("There is no list of jobs around this.");
  return selection;
}

/** Keeps which jobs of the page are ticked while the page is read anew. */
export function JobSelection({ pageIds, children }: { pageIds: string[]; children: ReactNode }) {
  const [stored, setStored] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo(() => {
    // A job that left the page is no longer ticked: nobody sees it.
    const ticked = pageIds.filter((id) => stored.has(id));
    const isPageTicked = pageIds.length > 0 && ticked.length === pageIds.length;
    return {
      ticked,
      isPageTicked,
      toggle(id: string) {
        setStored(new Set(stored.has(id) ? ticked.filter((one) => one !== id) : [...ticked, id]));
      },
      togglePage: () => setStored(new Set(isPageTicked ? [] : pageIds)),
      clear: () => setStored(new Set()),
    };
  }, [pageIds, stored]);
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function JobTick({ id, name }: { id: string; name: string }) {
  const { ticked, toggle } = useJobSelection();
  return (
    // A near miss would open the job.
    <label className="above-link -m-[5px] inline-grid size-6 place-items-center align-middle">
      <Checkbox
        data-row-tick={id}
        aria-label={`Tick ${name}`}
        checked={ticked.includes(id)}
        onChange={() => toggle(id)}
      />
    </label>
  );
}

export function JobTickPage() {
  const { isPageTicked, togglePage } = useJobSelection();
  return <Checkbox aria-label="Tick all jobs of this page" checked={isPageTicked} onChange={togglePage} />;
}
