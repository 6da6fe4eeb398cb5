"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { OpenTree } from "@/lib/categories/list-children";
import { TreeFooter } from "./tree-footer";
import { TreeLine } from "./tree-line";
import { parentIndex, type TreeRow, typeAhead } from "./tree-state";
import { treeMemory, useCategoryTree } from "./use-category-tree";
import { useTreeEditing } from "./use-tree-editing";

const ROW_HEIGHT = 27;
/** How long letters belong to one word, in milliseconds. */
const TYPING_MS = 700;

type Props = { tree: OpenTree; currentId: string | null; mayEdit: boolean };

/** The categories, level by level; only the lines in sight are in the page. */
export function CategoryTree({ tree, currentId, mayEdit }: Props) {
  const router = useRouter();
  const lines = useCategoryTree(tree.levels);
  const { rows, unfold, fold } = lines;
  const editing = useTreeEditing({ lines, rowHeight: ROW_HEIGHT, mayEdit });
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", until: 0 });
  const indexOf = (id: string | null) => rows.findIndex((row) => row.kind === "category" && row.line.id === id);
  const currentIndex = indexOf(currentId);
  const [focused, setFocused] = useState(Math.max(0, currentIndex));
  const atFocus = Math.min(focused, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 3,
    // The server knows no window: it sends what a common one shows.
    initialRect: { width: 260, height: 680 },
    initialOffset: () => treeMemory.scrollTop || Math.max(0, currentIndex * ROW_HEIGHT - 400),
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page, unfolding must not move the view
  useEffect(function takeUpFocusAndPlace() {
    const at = rows.findIndex((row) => row.kind === "category" && row.line.id === treeMemory.focusedId);
    if (at >= 0) focusLine(scroller.current, at);
    else if (currentIndex >= 0) virtual.scrollToIndex(currentIndex, { align: "auto" });
  }, []);

  function moveTo(index: number) {
    const at = Math.max(0, Math.min(rows.length - 1, index));
    setFocused(at);
    virtual.scrollToIndex(at, { align: "auto" });
    // The line may only come into the page with the next frame.
    requestAnimationFrame(() => focusLine(scroller.current, at));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only other lines can hold what is followed
  useEffect(
    function followMovedLine() {
      if (treeMemory.followId === null) return;
      const at = indexOf(treeMemory.followId);
      treeMemory.followId = null;
      // Archived or moved out of sight: the line that took its place has the focus, or it would be lost.
      moveTo(at >= 0 ? at : atFocus);
    },
    [rows],
  );

  function press(event: KeyboardEvent) {
    const at = rows[atFocus];
    if (at?.kind === "category" && editing.press(event, at)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[atFocus];
    if (!row || !act(event.key, row)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** False when the key means nothing here. */
  function act(key: string, row: TreeRow) {
    const isOpen = row.kind === "category" && row.isOpen;
    const line = row.kind === "category" ? row.line : row.parent;
    switch (key) {
      case "ArrowDown":
        moveTo(atFocus + 1);
        return true;
      case "ArrowUp":
        moveTo(atFocus - 1);
        return true;
      case "Home":
        moveTo(0);
        return true;
      case "End":
        moveTo(rows.length - 1);
        return true;
      case "ArrowRight":
        // A level on its way has no line yet to stand on.
        if (isOpen && rows[atFocus + 1]?.kind === "category") moveTo(atFocus + 1);
        else if (!isOpen && row.kind === "category" && row.hasBelow) void unfold(line);
        return true;
      case "ArrowLeft":
        if (isOpen) fold(line);
        else moveTo(parentIndex(rows, atFocus));
        return true;
      case "Enter":
        if (row.kind === "category") router.push(`/catalog/${row.path}`);
        else if (row.kind === "failed") void unfold(line);
        return true;
      default:
        if (!/^(\p{L}|\d)$/u.test(key)) return false;
        findTyped(key);
        return true;
    }
  }

  function findTyped(key: string) {
    const now = Date.now();
    typed.current = { text: now < typed.current.until ? typed.current.text + key : key, until: now + TYPING_MS };
    const at = typeAhead(rows, atFocus, typed.current.text);
    if (at !== null) moveTo(at);
  }

  return (
    <>
      <div
        ref={scroller}
        className="scroller min-h-0 flex-1 px-1.5"
        onScroll={() => {
          treeMemory.scrollTop = scroller.current?.scrollTop ?? 0;
        }}
      >
        <div
          ref={editing.takeDrops}
          role="tree"
          aria-label="Categories"
          className="relative"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={press}
          onPointerEnter={editing.getReady}
          onFocus={() => {
            const row = rows[atFocus];
            treeMemory.focusedId = row?.kind === "category" ? row.line.id : null;
          }}
          onBlur={() => {
            treeMemory.focusedId = null;
          }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <TreeLine
                key={row.kind === "category" ? row.line.id : `${row.parent.id}+`}
                row={row}
                index={item.index}
                top={item.start}
                isCurrent={item.index === currentIndex}
                isFocusable={item.index === atFocus}
                onFocus={() => setFocused(item.index)}
                onToggle={(line, isOpen) => (isOpen ? fold(line) : void unfold(line))}
                takeDrags={editing.takeDrags}
                onMenu={mayEdit ? editing.openMenu : undefined}
              />
            );
          })}
          {editing.marker}
        </div>
      </div>
      <TreeFooter lines={lines} onNew={mayEdit ? () => editing.ask({ kind: "create", parent: null }) : undefined} />
      {editing.floating}
    </>
  );
}

function focusLine(scroller: HTMLElement | null, index: number) {
  scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
}
