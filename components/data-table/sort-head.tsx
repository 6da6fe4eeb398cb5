import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { cn } from "@/lib/class-names";
import { ColumnEdge } from "./column-edge";
import type { ColumnMeta } from "./features";

export interface Sort {
  by: string;
  dir: "asc" | "desc";
  /** The list's address with another order. */
  href: (by: string, dir: "asc" | "desc") => string;
}

type Props = {
  meta: ColumnMeta | undefined;
  sort: Sort | undefined;
  /** Null is the usual width; without it the width is fixed. */
  onResize?: (width: number | null) => void;
};

/** A column's head; a link that sorts where the list can be sorted by it. */
export function SortHead({ meta, sort, onResize }: Props) {
  const number = cn(meta?.isNumber && "num", meta?.left !== undefined && "pinned") || undefined;
  const style = meta?.left === undefined ? undefined : { left: meta.left };
  // Without the edge's own words in it, which each cell would be read with.
  const name = onResize ? meta?.label || undefined : undefined;
  const edge = onResize && meta?.label && <ColumnEdge label={meta.label} onResize={onResize} />;
  if (meta?.Head) {
    return (
      <th scope="col" className={number} style={style}>
        <meta.Head />
      </th>
    );
  }
  if (!meta?.sort || !sort) {
    return (
      <th scope="col" className={number} style={style} abbr={name}>
        {meta?.label ? meta.label : <span className="sr-only">Picture</span>}
        {edge}
      </th>
    );
  }
  const isCurrent = sort.by === meta.sort;
  const first = meta.firstDir ?? "asc";
  const next = isCurrent ? (sort.dir === "asc" ? "desc" : "asc") : first;
  const Arrow = sort.dir === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      className={number}
      style={style}
      abbr={name}
      aria-sort={isCurrent ? (sort.dir === "asc" ? "ascending" : "descending") : undefined}
    >
      <Link href={sort.href(meta.sort, next)} prefetch={false} scroll={false} className="sort-link">
        <span>{meta.label}</span>
        {isCurrent && <Arrow aria-hidden />}
      </Link>
      {edge}
    </th>
  );
}
