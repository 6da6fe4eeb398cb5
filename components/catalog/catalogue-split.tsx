import Link from "next/link";
import type { ReactNode } from "react";
import type { OpenTree } from "@/lib/categories/list-children";
import { cn } from "@/lib/class-names";
import { formatCount } from "@/lib/format";
import { CategoryFinder } from "./category-finder";
import { CategoryTree } from "./category-tree";
import { DrillDown } from "./drill-down";

type Props = {
  tree: OpenTree;
  currentId: string | null;
  mayEdit: boolean;
  place: { base: string; listPlace: { kind: string } };
  children: ReactNode;
};

/** The tree beside the table; on a phone the level below, to go down by. */
export function CatalogueSplit({ tree, currentId, mayEdit, place, children }: Props) {
  const below = (tree.levels[currentId ?? ""] ?? []).filter((line) => !line.isArchived);
  const isQueue = place.listPlace.kind === "uncategorised";
  return (
    <div className="flex min-h-0 flex-1 border-t max-md:flex-col print:block">
      <aside
        aria-label="Categories"
        className="flex w-[272px] max-w-[50vw] min-w-48 shrink-0 resize-x flex-col overflow-hidden border-r max-md:hidden print:hidden"
      >
        <CategoryFinder>
          <CategoryTree tree={tree} currentId={currentId} mayEdit={mayEdit} />
        </CategoryFinder>
        <SideLink
          href="/catalog/~uncategorised"
          isCurrent={isQueue}
          count={tree.uncategorised}
          isUrgent={tree.uncategorised > 0}
        >
          Uncategorised
        </SideLink>
      </aside>
      {!isQueue && below.length > 0 && <DrillDown lines={below} base={place.base} />}
      <section aria-label="Products" className="relative flex min-h-0 min-w-0 flex-1 flex-col print:block">
        {children}
      </section>
    </div>
  );
}

type SideProps = { href: string; isCurrent: boolean; count: number; isUrgent: boolean; children: ReactNode };

function SideLink({ href, isCurrent, count, isUrgent, children }: SideProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "mx-1.5 my-1.5 flex h-[27px] shrink-0 items-center rounded-md px-2 pl-[22px] hover:bg-hover aria-[current=page]:bg-accent-soft",
        isUrgent ? "text-amber" : "text-muted",
      )}
    >
      {children}
      <span className="tabular ml-auto text-xs text-faint">{formatCount(count)}</span>
    </Link>
  );
}
