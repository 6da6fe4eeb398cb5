import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format";

type Tab = { href: string; label: ReactNode; count?: number; isCurrent: boolean };

/** Tabs are links: the open one is in the URL. */
export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  return (
    <nav aria-label={label} className="scroller flex shrink-0 gap-0.5 border-b px-3">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.isCurrent ? "page" : undefined}
          className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-muted hover:text-text aria-[current=page]:[scroll-initial-target:nearest] aria-[current=page]:border-accent aria-[current=page]:text-text"
        >
          {tab.label}
          {tab.count !== undefined && <span className="tabular">{formatCount(tab.count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
