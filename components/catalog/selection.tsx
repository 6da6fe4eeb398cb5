"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { NOTHING, readSelection, subscribeToSelection, writeSelection } from "./selection-store";

/** The list as it is shown. */
export interface SelectableList {
  /** Its address without order and page: another one is another selection. */
  key: string;
  /** After the `?`, as the server reads it. */
  query: string;
  /** A category's id, or `none` for products without one. */
  category: string | null;
  total: { count: number; isCapped: boolean };
  /** The products of this page, in their order. */
  pageIds: string[];
}

/** As many as can be ticked one by one (lib/catalog/selection.ts). */
const MOST_TICKED = 5_000;

interface Selection {
  list: SelectableList;
  /** Of a list too long to be counted: at least so many. */
  count: number;
  isCapped: boolean;
  isAll: boolean;
  isPageTicked: boolean;
  isTicked: (id: string) => boolean;
  /** With `isRange` all rows from the one last ticked to this one. */
  toggle: (id: string, isRange?: boolean) => void;
  togglePage: () => void;
  tickAll: () => void;
  clear: () => void;
  /** What the server resolves. */
  choice: { ids: string[] } | { query: string; category: string | null; except: string[] };
}

const SelectionContext = createContext<Selection | null>(null);

/** Null where nothing can be selected. */
export function useSelection(): Selection | null {
  return useContext(SelectionContext);
}

/** Keeps which products are selected while one pages through a list, opens one and comes back. */
export function ProductSelection({ list, children }: { list: SelectableList; children: ReactNode }) {
  const stored = useSyncExternalStore(subscribeToSelection, readSelection, () => NOTHING);
  const last = useRef<string | null>(null);
  const isOwn = stored.list === list.key;

  useEffect(
    function dropForeign() {
      const foreign = readSelection();
      if (foreign === NOTHING || foreign.list === list.key) return;
      writeSelection(NOTHING);
      const words = foreign.isAll ? "all that matched" : formatPlural(foreign.ids.length, "product");
      void showToast("The selection was let go: this list shows other products.", {
        description: `Selected were ${words}.`,
      });
    },
    [list.key],
  );

  const selection = useMemo(() => {
    const { ids, isAll } = isOwn ? stored : NOTHING;
    const marked = new Set(ids);
    const isTicked = (id: string) => marked.has(id) !== isAll;

    function set(changed: string[], isOn: boolean) {
      const next = new Set(marked);
      for (const id of changed) {
        if (isOn !== isAll) next.add(id);
        else next.delete(id);
      }
      if (next.size > MOST_TICKED) {
        const words = `At most ${MOST_TICKED} products are ticked one by one. Narrow the list and select all that match.`;
        return void showToast(words, { tone: "error" });
      }
      writeSelection({ list: list.key, ids: [...next], isAll });
    }

    return {
      list,
      isAll,
      isTicked,
      count: isAll ? Math.max(0, list.total.count - ids.length) : ids.length,
      isCapped: isAll && list.total.isCapped,
      isPageTicked: list.pageIds.length > 0 && list.pageIds.every(isTicked),
      toggle(id: string, isRange = false) {
        const from = isRange && last.current !== null ? list.pageIds.indexOf(last.current) : -1;
        const to = list.pageIds.indexOf(id);
        const changed = from < 0 ? [id] : list.pageIds.slice(Math.min(from, to), Math.max(from, to) + 1);
        set(changed, !isTicked(id));
        last.current = id;
      },
      togglePage() {
        set(list.pageIds, !list.pageIds.every(isTicked));
      },
      tickAll() {
        writeSelection({ list: list.key, ids: [], isAll: true });
      },
      clear() {
        last.current = null;
        writeSelection(NOTHING);
      },
      choice: isAll ? { query: list.query, category: list.category, except: ids } : { ids },
    };
  }, [list, stored, isOwn]);
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}
