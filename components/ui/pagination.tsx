import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "./button";

type Props = {
  /** `1–50 of 821` */
  summary: ReactNode;
  /** Null at the first page. */
  previousHref: string | null;
  /** Null at the last page. */
  nextHref: string | null;
  children?: ReactNode;
};

/** The foot of a list. Pages are links, so they open in tabs and the browser's back button walks them. */
export function Pagination({ summary, previousHref, nextHref, children }: Props) {
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 border-t bg-bg px-3 text-xs text-muted">
      <span className="tabular">{summary}</span>
      <nav aria-label="Pages" className="flex gap-1">
        <PageLink href={previousHref} rel="prev">
          <ChevronLeft aria-hidden />
          Previous
        </PageLink>
        <PageLink href={nextHref} rel="next">
          Next
          <ChevronRight aria-hidden />
        </PageLink>
      </nav>
      {children && <div className="ml-auto flex items-center gap-3">{children}</div>}
    </div>
  );
}

function PageLink({ href, rel, children }: { href: string | null; rel: "prev" | "next"; children: ReactNode }) {
  const className = buttonClass({ variant: "ghost", size: "small" });
  if (href === null) {
    return (
      <span className={className} aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <Link href={href} rel={rel} prefetch={false} className={className}>
      {children}
    </Link>
  );
}
