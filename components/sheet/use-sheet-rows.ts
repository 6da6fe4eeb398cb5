import { useCallback, useEffect, useRef, useState } from "react";
import type { SheetWindow } from "@/lib/sheet/list-sheet-rows";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import { postSheet, Refused } from "./post-sheet";

/** Beyond this a sheet is no sheet that a person reads: a filter makes it shorter. */
export const MOST_ROWS = 10_000;

export interface SheetList {
  query: string;
  category: string | null;
}

interface LoadState {
  isLoading: boolean;
  /** All rows of the list are there, or as many as a sheet holds. */
  isWhole: boolean;
  total: { count: number; isCapped: boolean } | null;
  failure: string | null;
}

/** Loads the list window by window, as far as somebody looks or pastes. */
export function useSheetRows(book: SheetBook, list: SheetList) {
  const [state, setState] = useState<LoadState>({ isLoading: true, isWhole: false, total: null, failure: null });
  const next = useRef<string | null | undefined>(undefined);
  const loading = useRef<Promise<boolean> | null>(null);

  const loadWindow = useCallback(async () => {
    setState((before) => ({ ...before, isLoading: true, failure: null }));
    const columns = book.columns.map((column) => column.id);
    try {
      const after = next.current ?? null;
      const answer = await postSheet<SheetWindow>("/api/sheet/rows", { list, columns, after });
      book.addRows(answer.rows, answer.categories);
      next.current = book.rowCount >= MOST_ROWS ? null : answer.next;
      setState({ isLoading: false, isWhole: next.current === null, total: answer.total, failure: null });
      return true;
    } catch (error) {
      const failure = error instanceof Refused ? error.message : "The server can't be reached.";
      setState((before) => ({ ...before, isLoading: false, failure }));
      return false;
    }
  }, [book, list]);

  /** Loads until there are so many rows, or no more. */
  const loadUpTo = useCallback(
    async (rows: number) => {
      while (book.rowCount < rows && next.current !== null) {
        loading.current ??= loadWindow().finally(() => {
          loading.current = null;
        });
        if (!(await loading.current)) return;
      }
    },
    [book, loadWindow],
  );

  useEffect(
    function loadFirstWindow() {
      void loadUpTo(1);
    },
    [loadUpTo],
  );

  return { ...state, loadUpTo };
}
