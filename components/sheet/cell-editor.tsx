"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { listCategoryChoicesAction } from "@/app/(dashboard)/products/[id]/actions";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import type { SheetColumn } from "@/lib/sheet/sheet-column";

export interface Editing {
  /** What the editor begins with; absent: what stands in the cell. */
  initial?: string;
  /** Begun by typing: the arrows leave the cell, as they do in spreadsheets. */
  isTyping: boolean;
  /** Hears every letter, so that none is lost with the page. */
  onType: (typed: string) => void;
  /** `key` is what ended it, to move on by; null where the focus went elsewhere. */
  onCommit: (typed: string, key: { key: string; shiftKey: boolean } | null) => void;
  onCancel: () => void;
}

type Props = { book: SheetBook; id: string; column: SheetColumn; editing: Editing };

const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

export function CellEditor({ book, id, column, editing }: Props) {
  const [typed, setTyped] = useState(editing.initial ?? book.text(id, column.id));
  const input = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const isOver = useRef(false);
  const choices = useId();
  const options = useOptions(column, typed);
  const isMultiline = options === null;

  useEffect(function beginAtTheEnd() {
    const element = input.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  function type(text: string) {
    setTyped(text);
    editing.onType(text);
  }

  function commit(key: { key: string; shiftKey: boolean } | null) {
    if (isOver.current) return;
    isOver.current = true;
    editing.onCommit(typed, key);
  }

  function press(event: KeyboardEvent) {
    event.stopPropagation();
    const { key, shiftKey, altKey } = event;
    if (event.nativeEvent.isComposing) return;
    if (key === "Enter" && altKey && isMultiline) {
      event.preventDefault();
      const { selectionStart: start = typed.length, selectionEnd: end = typed.length } = input.current ?? {};
      type(`${typed.slice(0, start)}\n${typed.slice(end)}`);
      return;
    }
    if (key === "Escape") {
      event.preventDefault();
      isOver.current = true;
      editing.onCancel();
    } else if (key === "Enter" || key === "Tab" || (editing.isTyping && ARROWS.includes(key) && isMultiline)) {
      event.preventDefault();
      commit({ key, shiftKey: shiftKey && !ARROWS.includes(key) });
    }
  }

  const common = {
    ref: input,
    value: typed,
    "aria-label": column.label,
    className: "sheet-editor",
    onKeyDown: press,
    onBlur: () => commit(null),
    // The clipboard is the editor's own while one writes.
    onCopy: stop,
    onCut: stop,
    onPaste: stop,
  };
  if (isMultiline) {
    const rows = Math.min(8, typed.split("\n").length);
    return <textarea {...common} rows={rows} onChange={(event) => type(event.target.value)} />;
  }
  return (
    <>
      <input {...common} list={choices} autoComplete="off" onChange={(event) => type(event.target.value)} />
      <datalist id={choices}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </>
  );
}

function stop(event: { stopPropagation: () => void }) {
  event.stopPropagation();
}

/** What is offered while one types; null where anything may stand. */
function useOptions(column: SheetColumn, typed: string): string[] | null {
  const [found, setFound] = useState<string[]>([]);
  const isCategory = column.kind === "field" && column.field === "categoryId";
  const words = typed.split(/\s*[>›]\s*/).at(-1) ?? "";

  useEffect(
    function offerCategories() {
      if (!isCategory) return;
      let isStale = false;
      const timer = setTimeout(async () => {
        // Without an answer nothing is offered: what is typed is read all the same.
        const answer = await listCategoryChoicesAction({ q: words.slice(0, 100) }).catch(() => null);
        if (isStale || !answer?.ok) return;
        setFound(answer.data.map(({ name, above }) => [...above, name].join(" > ")));
      }, 150);
      return () => {
        isStale = true;
        clearTimeout(timer);
      };
    },
    [isCategory, words],
  );

  if (isCategory) return found;
  if (column.kind === "field" && column.field === "status") return ["draft", "active", "archived"];
  if (column.kind === "metafield") {
    if (column.type === "boolean") return ["Yes", "No"];
    return readChoices(column.rules.choices);
  }
  return null;
}

/** A definition's choices, stored as a JSON list. */
function readChoices(stored: string | undefined): string[] | null {
  if (!stored) return null;
  try {
    const choices: unknown = JSON.parse(stored);
    return Array.isArray(choices) ? choices.map(String) : null;
  } catch {
    // Somebody's own notation: anything may be typed, and the codec says what does not fit.
    return null;
  }
}
