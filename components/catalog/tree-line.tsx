import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Picture } from "@/components/ui/picture";
import type { CategoryLine } from "@/lib/categories/list-children";
import { cn } from "@/lib/class-names";
import { formatCount, formatPlural } from "@/lib/format";
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
  const style = { transform: `translateY(${top}px)`, paddingLeft: 4 + row.level * INDENT };
  const place = "absolute inset-x-0 top-0 flex h-[27px] items-center rounded-md pr-2 whitespace-nowrap";
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
        className={cn(place, "pl-5 text-xs text-muted")}
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
      className={cn(place, isCurrent ? "bg-accent-soft" : "hover:bg-hover")}
    >
      <Guides level={row.level} />
      {line.children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          onClick={() => onToggle(line, isOpen)}
          className="grid h-full w-[18px] shrink-0 place-items-center text-faint hover:text-text"
        >
          <ChevronRight className={cn("size-3 transition-transform", isOpen && "rotate-90")} />
        </button>
      ) : (
        <span className="w-[18px] shrink-0" />
      )}
      <Link
        href={`/catalog/${line.path}`}
        prefetch={false}
        tabIndex={-1}
        title={countWords(line)}
        aria-current={isCurrent ? "page" : undefined}
        className={cn("flex h-full min-w-0 flex-1 items-center gap-1.5", isCurrent && "font-[550] text-accent")}
      >
        {line.iconId && <Picture src={`/api/icons/${line.iconId}`} size={16} />}
        <span className="truncate">{line.name}</span>
        <span className={cn("tabular ml-auto text-xs font-normal", isCurrent ? "text-accent" : "text-faint")}>
          {formatCount(line.total)}
        </span>
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
      className="absolute inset-y-0 w-px bg-line-soft"
      style={{ left: 12 + depth * INDENT }}
    />
  ));
}

function countWords({ name, total, own, children }: CategoryLine) {
  const all = formatPlural(total, "product");
  return children === 0 ? `${name}: ${all}` : `${name}: ${all}, ${formatCount(own)} directly in it`;
}
