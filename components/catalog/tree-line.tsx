import Link from "next/link";
import { Picture } from "@/components/ui/picture";
import type { CategoryLine } from "@/lib/categories/list-children";
import { formatCount } from "@/lib/format";
import type { TreeRow } from "./tree-state";

const INDENT = 14;

type Props = {
  row: TreeRow;
  index: number;
  top: number;
  isCurrent: boolean;
  isFocusable: boolean;
  onFocus: () => void;
  onToggle: (line: CategoryLine, isOpen: boolean) => void;
};

export function TreeLine({ row, index, top, isCurrent, isFocusable, onFocus, onToggle }: Props) {
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
  const { line, isOpen } = row;
  return (
    <div
      role="treeitem"
      tabIndex={tabIndex}
      {...common}
      aria-expanded={line.children > 0 ? isOpen : undefined}
      aria-selected={isCurrent}
      aria-setsize={row.siblings}
      aria-posinset={row.position}
      className="tree-line"
    >
      <Guides level={row.level} />
      {line.children > 0 ? (
        <button type="button" tabIndex={-1} aria-hidden onClick={() => onToggle(line, isOpen)} className="tree-arrow" />
      ) : (
        <span className="tree-arrow" />
      )}
      <Link
        href={`/catalog/${row.path}`}
        prefetch={false}
        tabIndex={-1}
        title={line.children > 0 ? `${formatCount(line.own)} directly in it` : undefined}
        aria-current={isCurrent ? "page" : undefined}
      >
        {line.iconId && <Picture src={`/api/icons/${line.iconId}`} size={16} />}
        <span>{line.name}</span>
        <b>{formatCount(line.total)}</b>
      </Link>
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
