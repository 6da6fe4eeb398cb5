"use client";

import { CircleAlert, CloudOff, Redo2, RotateCw, Undo2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Progress } from "@/components/ui/progress";
import { formatCount, formatPlural, NOTHING } from "@/lib/format";
import type { Mark } from "@/lib/sheet/cell-mark";
import type { CellAt, SheetBook } from "@/lib/sheet/sheet-book";
import type { SheetSaver } from "./sheet-saver";

type Props = {
  book: SheetBook;
  saver: SheetSaver;
  /** The cell one is in. */
  at: CellAt | null;
  selected: number;
  /** What was last said of a copy, a paste or a cell that is only read. */
  said: string;
  onUndo: () => void;
  onRedo: () => void;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onNextProblem: () => void;
  onRetry: () => void;
};

/** What the cell one is in is about, and how saving stands: each with the keys for it. */
export function StatusBar({ book, saver, at, selected, said, ...on }: Props) {
  useSyncExternalStore(
    (listener) => book.subscribe(listener),
    () => book.version,
    () => 0,
  );
  const { failure, run } = useSyncExternalStore(
    (listener) => saver.subscribe(listener),
    () => saver.state,
    () => saver.state,
  );
  const counts = book.counts();
  const mark = at ? book.mark(at.id, at.column) : undefined;
  const problems = counts.invalid + counts.conflict;
  return (
    <section data-commands aria-label="Sheet" className="shrink-0 border-t bg-panel text-xs">
      {at && mark?.state === "conflict" && <Conflict book={book} at={at} mark={mark} {...on} />}
      {mark?.reason && (
        <p className="flex items-center gap-1.5 border-b bg-red-soft px-3 py-1.5 text-red">
          <CircleAlert aria-hidden className="size-3.5 shrink-0" />
          {mark.reason}
          <span className="ml-auto text-muted max-sm:hidden">
            <Kbd>Esc</Kbd> takes back what was typed
          </span>
        </p>
      )}
      {counts.unsaved > 0 && (
        <div role="alert" className="flex flex-wrap items-center gap-2 border-b bg-amber-soft px-3 py-1.5 text-amber">
          <CloudOff aria-hidden className="size-3.5 shrink-0" />
          <span>
            {formatPlural(counts.unsaved, "cell")} not saved. {failure?.message ?? "They were typed earlier."}
          </span>
          <span className="ml-auto flex gap-2">
            {failure?.code === "unauthenticated" && (
              <a href="/sign-in" target="_blank" rel="noreferrer" className={buttonClass({ size: "small" })}>
                Sign in
              </a>
            )}
            <Button size="small" onClick={on.onRetry}>
              <RotateCw aria-hidden />
              Save again
            </Button>
          </span>
        </div>
      )}
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1 text-muted">
        <span className="flex gap-0.5">
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Undo"
            title="Undo (Ctrl Z)"
            disabled={!book.canUndo}
            onClick={on.onUndo}
          >
            <Undo2 aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Redo"
            title="Redo (Ctrl Shift Z)"
            disabled={!book.canRedo}
            onClick={on.onRedo}
          >
            <Redo2 aria-hidden />
          </Button>
        </span>
        <span role="status" aria-live="polite" className="tabular">
          {run ? <RunProgress {...run} /> : <Saving counts={counts} />}
        </span>
        {problems > 0 && (
          <Button variant="ghost" size="small" className="text-red" onClick={on.onNextProblem}>
            {problemWords(counts)} <Kbd>F8</Kbd>
          </Button>
        )}
        <span role="status" className="min-w-0 truncate">
          {said}
        </span>
        <span className="tabular ml-auto max-sm:hidden">
          {selected > 1
            ? `${formatPlural(selected, "cell")} selected`
            : "F2 edits · Ctrl D fills down · F8 what needs you"}
        </span>
      </div>
    </section>
  );
}

function Saving({ counts }: { counts: Record<Mark["state"], number> }) {
  const waiting = counts.pending + counts.saving;
  if (waiting > 0) return <>Saving {formatPlural(waiting, "cell")} …</>;
  if (counts.unsaved > 0) return <span className="text-amber">{formatPlural(counts.unsaved, "cell")} not saved</span>;
  return counts.saved > 0 ? (
    <span className="text-green">{formatPlural(counts.saved, "cell")} saved</span>
  ) : (
    <>Saved as you go</>
  );
}

function RunProgress({ number, done, total }: { number: number; done: number; total: number }) {
  return (
    <span className="flex items-center gap-2">
      <Link href={`/syncs/${number}`} target="_blank" className="text-accent hover:underline">
        Run {number}
      </Link>
      <Progress label={`Run ${number}`} percent={total === 0 ? null : (100 * done) / total} />
      writes {formatCount(done)} of {formatPlural(total, "product")}
    </span>
  );
}

function problemWords(counts: Record<Mark["state"], number>) {
  const words: string[] = [];
  if (counts.invalid > 0) words.push(`${formatCount(counts.invalid)} can't be saved`);
  if (counts.conflict > 0) words.push(formatPlural(counts.conflict, "conflict"));
  return words.join(", ");
}

type ConflictProps = Pick<Props, "book" | "onKeepMine" | "onTakeTheirs"> & { at: CellAt; mark: Mark };

/** The three values side by side, each with its key. */
function Conflict({ book, at, mark, onKeepMine, onTakeTheirs }: ConflictProps) {
  const text = (value: Mark["from"]) => book.textOfValue(at.column, value) || NOTHING;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-amber-soft px-3 py-1.5">
      <span className="text-amber">Somebody changed {book.column(at.column)?.label} meanwhile.</span>
      <Value label="It was">{text(mark.from)}</Value>
      <Value label="Theirs">{text(mark.theirs ?? null)}</Value>
      <Value label="Yours">{mark.typed || NOTHING}</Value>
      <span className="ml-auto flex gap-2">
        <Button size="small" onClick={onTakeTheirs}>
          Take theirs <Kbd>Alt T</Kbd>
        </Button>
        <Button size="small" variant="primary" onClick={onKeepMine}>
          Keep mine <Kbd>Alt M</Kbd>
        </Button>
      </span>
    </div>
  );
}

function Value({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="text-muted">{label}</span>
      <span className="max-w-60 truncate font-medium text-text">{children}</span>
    </span>
  );
}
