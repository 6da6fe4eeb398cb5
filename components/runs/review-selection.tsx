"use client";

import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import type { RowChoice } from "@/lib/sync/review/row-choice";

/** What the open page of a run in review is about. */
interface Shown {
  runId: string;
  /** When it was read, ISO. */
  shownAt: string;
  /** Why guards hold the run, as this page shows it. */
  heldReason: string | null;
  filter: Extract<RowChoice, { filter: unknown }>["filter"];
  /** Rows of this page that wait, in their order. */
  pageIds: number[];
  /** Rows that wait and fit the filter, this page's included. */
  matching: number;
}

interface Ticked {
  ids: ReadonlySet<number>;
  /** All that fit this filter are ticked, but `ids`; null while rows are ticked one by one. */
  allOf: string | null;
  /** When the first of them was shown: what changed since is not answered. */
  since: string | null;
}

const NOTHING: Ticked = { ids: new Set(), allOf: null, since: null };

interface Selection {
  shown: Shown;
  count: number;
  isAll: boolean;
  isTicked: (id: number) => boolean;
  isPageTicked: boolean;
  /** With `isRange` all rows from the one last ticked to this one. */
  toggle: (id: number, isRange?: boolean) => void;
  togglePage: () => void;
  tickAll: () => void;
  clear: () => void;
  choice: RowChoice;
  since: string;
}

const SelectionContext = createContext<Selection | null>(null);

export function useReviewSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("There is no review around this.");
  return selection;
}

/** Keeps which rows of a run are ticked while one pages through them. */
export function ReviewSelection({ shown, children }: { shown: Shown; children: ReactNode }) {
  const [stored, setTicked] = useState<Ticked>(NOTHING);
  const last = useRef<number | null>(null);
  const selection = useMemo(() => {
    const filterKey = JSON.stringify(shown.filter);
    // Ticked was what another filter found.
    const ticked = stored.allOf === null || stored.allOf === filterKey ? stored : NOTHING;
    const isAll = ticked.allOf !== null;
    const isTicked = (id: number) => ticked.ids.has(id) !== isAll;
    const since = ticked.since ?? shown.shownAt;

    function set(ids: number[], isOn: boolean) {
      const next = new Set(ticked.ids);
      for (const id of ids) {
        if (isOn !== isAll) next.add(id);
        else next.delete(id);
      }
      setTicked(next.size === 0 && !isAll ? NOTHING : { ...ticked, ids: next, since });
    }

    return {
      shown,
      isAll,
      isTicked,
      since,
      count: isAll ? Math.max(0, shown.matching - ticked.ids.size) : ticked.ids.size,
      isPageTicked: shown.pageIds.length > 0 && shown.pageIds.every(isTicked),
      toggle(id: number, isRange = false) {
        const from = isRange && last.current !== null ? shown.pageIds.indexOf(last.current) : -1;
        const to = shown.pageIds.indexOf(id);
        const ids = from < 0 ? [id] : shown.pageIds.slice(Math.min(from, to), Math.max(from, to) + 1);
        set(ids, !isTicked(id));
        last.current = id;
      },
      togglePage() {
        set(shown.pageIds, !shown.pageIds.every(isTicked));
      },
      tickAll() {
        setTicked({ ids: new Set(), allOf: filterKey, since: shown.shownAt });
      },
      clear() {
        last.current = null;
        setTicked(NOTHING);
      },
      choice: isAll ? { filter: shown.filter, except: [...ticked.ids] } : { ids: [...ticked.ids] },
    };
  }, [shown, stored]);
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}
