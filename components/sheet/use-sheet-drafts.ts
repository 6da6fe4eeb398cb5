import { useCallback, useEffect, useRef, useState } from "react";
import type { SheetBook, SheetDraft } from "@/lib/sheet/sheet-book";
import { DraftKeeper, handOver } from "./draft-keeper";

/** After the last change, in milliseconds. */
const PAUSE_MS = 150;

export interface KeptDrafts {
  /** What was typed before and waits to be put back. */
  offered: SheetDraft[];
  /** Puts back what the sheet has columns for. */
  restore: () => void;
  discard: () => void;
  /** The letters of an editor that is still open; null once it is closed. */
  typing: (id: string, column: string, typed: string | null) => void;
}

/** Keeps what is not saved yet, and offers what an earlier page left behind; `save` sends what waits when it is left. */
export function useSheetDrafts(book: SheetBook, personId: string, save: () => Promise<void>): KeptDrafts {
  const [keeper] = useState(() => new DraftKeeper(personId));
  const [offered, setOffered] = useState<SheetDraft[]>([]);
  const waiting = useRef<SheetDraft[] | null>(null);
  const open = useRef<{ id: string; column: string; typed: string } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const write = useCallback(() => {
    clearTimeout(timer.current);
    // Nothing is written before what was left behind has been read: it would be lost.
    if (waiting.current === null) return undefined;
    // A run may have written it since, or the same was typed anew.
    const still = waiting.current.filter((draft) => !book.holds(draft));
    if (still.length < waiting.current.length) setOffered(still);
    waiting.current = still;
    const drafts = book.drafts(open.current);
    const there = new Set(drafts.map(({ id, column }) => `${id}\n${column}`));
    const left = still.filter(({ id, column }) => !there.has(`${id}\n${column}`));
    // A browser that keeps nothing (private windows of some) still has the page itself.
    return keeper.write([...left, ...drafts]).catch(() => undefined);
  }, [book, keeper]);

  const soon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(write, PAUSE_MS);
  }, [write]);

  useEffect(
    function keepDrafts() {
      let isGone = false;
      const begin = (drafts: SheetDraft[]) => {
        if (isGone) return;
        waiting.current = drafts;
        setOffered(drafts);
        soon();
      };
      keeper.takeOver().then(begin, () => begin([]));
      const stop = book.subscribe(soon);
      // Before somebody is asked whether to leave: as the page goes there is no time left.
      window.addEventListener("beforeunload", write);
      window.addEventListener("pagehide", write);
      document.addEventListener("visibilitychange", write);
      return () => {
        isGone = true;
        stop();
        handOver(Promise.all([write(), save().then(write)]));
        window.removeEventListener("beforeunload", write);
        window.removeEventListener("pagehide", write);
        document.removeEventListener("visibilitychange", write);
      };
    },
    [book, keeper, soon, write, save],
  );

  function settle(left: SheetDraft[]) {
    waiting.current = left;
    setOffered(left);
    write();
  }

  return {
    offered,
    restore() {
      const fits = (draft: SheetDraft) => book.column(draft.column) !== undefined;
      book.restore(offered.filter(fits), "Typed earlier and not saved yet.");
      settle(offered.filter((draft) => !fits(draft)));
    },
    discard: () => settle([]),
    typing(id, column, typed) {
      open.current = typed === null ? null : { id, column, typed };
      soon();
    },
  };
}
