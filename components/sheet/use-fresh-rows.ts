import { useCallback, useEffect, useRef } from "react";
import type { SheetWindow } from "@/lib/sheet/list-sheet-rows";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import { postSheet } from "./post-sheet";

/** How often the rows in sight are read anew, in milliseconds. */
const INTERVAL_MS = 10_000;
const MOST_IN_SIGHT = 200;

/** Shows in the rows in sight what others and runs have changed meanwhile; what was typed over it stays. */
export function useFreshRows(book: SheetBook) {
  const view = useRef({ first: 0, last: 0 });
  const look = useCallback((first: number, last: number) => {
    view.current = { first, last };
  }, []);

  useEffect(
    function readAnew() {
      let isReading = false;
      async function refresh() {
        const { first, last } = view.current;
        const ids: string[] = [];
        for (let row = first; row <= last && ids.length < MOST_IN_SIGHT; row++) ids.push(book.rowAt(row)?.id ?? "");
        const there = ids.filter(Boolean);
        if (isReading || document.hidden || there.length === 0) return;
        isReading = true;
        const columns = book.columns.map((column) => column.id);
        const since = book.version;
        // No answer is no news: a save says what stands against it.
        const answer = await postSheet<SheetWindow>("/api/sheet/rows", { ids: there, columns }).catch(() => null);
        isReading = false;
        // Something was typed or saved while it was on its way: it may be older than that.
        if (answer && book.version === since) book.refresh(answer.rows, answer.categories);
      }
      const timer = setInterval(() => void refresh(), INTERVAL_MS);
      const again = () => void refresh();
      window.addEventListener("focus", again);
      return () => {
        clearInterval(timer);
        window.removeEventListener("focus", again);
      };
    },
    [book],
  );

  return { look };
}
