import Link from "next/link";
import type { MouseEvent } from "react";
import { Picture } from "@/components/ui/picture";
import type { CategoryLine } from "@/lib/categories/list-children";
import { formatCount } from "@/lib/format";
import type { CategoryRow, TreeRow } from "./tree-state";

const INDENT = 14;

type Props = {
  row: TreeRow;
  index: number;
  top: number;
  isCurrent: boolean;
  isFocusable: boolean;
  onFocus: () => void;
  onToggle: (line: CategoryLine, isOpen: boolean) => void;
  /** Makes the line draggable. */
  takeDrags?: (element: HTMLElement | null) => (() => void) | undefined;
  /** For those who may change the tree. */
  onMenu?: (row: CategoryRow, at: { x: number; y: number }) => void;
};

export function TreeLine({ row, index, top, isCurrent, isFocusable, onFocus, onToggle, takeDrags, onMenu }: Props) {
  const style = { top, paddingLeft: 4 + row.level * INDENT };
  const tabIndex = isFocusable ? 0 : -1;
  const common = {
    "data-index": index,
    "aria-level": row.level + 1,
    onFocus,
    style,
  } as const;
  if (row.kind !== "category") {
    return (
      <div
        role="treeitem"
        tabIndex={tabIndex}
        {...common}
        aria-selected={false}
        className="tree-line text-xs text-muted"
      >
        <Guides level={row.level} />
        {row.kind === "waiting" ? (
          <span className="animate-appear-late pl-5">Loading…</span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className="pl-5 text-red underline"
            onClick={() => onToggle(row.parent, false)}
          >
            Could not be loaded. Try again
          </button>
        )}
      </div>
    );
  }
  const { line, isOpen, hasBelow } = row;
  function openMenu(event: MouseEvent<HTMLElement>) {
    if (!onMenu || row.kind !== "category") return;
    event.preventDefault();
    // From the keyboard there is no pointer: it opens below the line.
    const box = event.currentTarget.getBoundingClientRect();
    const isPointer = event.clientX > 0 || event.clientY > 0;
    onMenu(row, isPointer ? { x: event.clientX, y: event.clientY } : { x: box.left + 24, y: box.bottom });
  }
  return (
    <div
      ref={takeDrags}
      role="treeitem"
      onContextMenu={openMenu}
      tabIndex={tabIndex}
      {...common}
      aria-expanded={hasBelow ? isOpen : undefined}
      aria-selected={isCurrent}
      aria-setsize={row.siblings}
      aria-posinset={row.position}
      className={line.isArchived ? "tree-line opacity-60" : "tree-line"}
    >
      <Guides level={row.level} />
      {hasBelow ? (
        <button type="button" tabIndex={-1} aria-hidden onClick={() => onToggle(line, isOpen)} className="tree-arrow" />
      ) : (
        <span className="tree-arrow" />
      )}
      <Link
        href={`/catalog/${row.path}`}
        prefetch={false}
        tabIndex={-1}
        draggable={onMenu ? false : undefined}
        title={line.children > 0 ? `${formatCount(line.own)} directly in it` : undefined}
        aria-current={isCurrent ? "page" : undefined}
      >
        {line.iconId && <Picture src={`/api/icons/${line.iconId}/file?size=32`} size={16} />}
        <span>{line.name}</span>
        {line.isArchived && <span className="sr-only">, archived</span>}
        <b>{formatCount(line.total)}</b>
      </Link>
      {onMenu && <button type="button" tabIndex={-1} aria-hidden onClick={openMenu} className="tree-more" />}
    </div>
  );
}

/** A hairline below each level above, so that the eye finds the parent. */
function Guides({ level }: { level: number }) {
  return Array.from({ length: level }, (_, depth) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the depth is what the line is
      key={depth}
      aria-hidden
      className="tree-guide"
      style={{ left: 12 + depth * INDENT }}
    />
  ));
}
