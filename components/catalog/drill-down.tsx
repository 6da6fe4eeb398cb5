"use client";

import { ChevronRight, FolderTree } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { CategoryLine } from "@/lib/categories/list-children";
import { formatCount } from "@/lib/format";

/** The way down the tree on a phone; its lines come into the page when it is unfolded. */
export function DrillDown({
  lines,
  base,
}: {
  lines: CategoryLine[] /** The address of what they are in. */;
  base: string;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="group/drill shrink-0 border-b md:hidden print:hidden"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex h-10 cursor-pointer items-center gap-2 px-3 font-medium">
        <FolderTree aria-hidden className="size-[15px] text-muted" />
        Categories
        <span className="tabular text-xs font-normal text-muted">{formatCount(lines.length)}</span>
        <ChevronRight aria-hidden className="ml-auto size-4 text-muted group-open/drill:rotate-90" />
      </summary>
      {isOpen && (
        <ul className="scroller max-h-[50dvh]">
          {lines.map((line) => (
            <li key={line.id} className="border-t border-line-soft">
              <Link href={`${base}/${line.slug}`} prefetch={false} className="flex h-10 items-center gap-2 px-3">
                <span className="truncate">{line.name}</span>
                <span className="tabular ml-auto text-xs text-muted">{formatCount(line.total)}</span>
                {line.children > 0 && <ChevronRight aria-hidden className="size-3.5 text-faint" />}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
