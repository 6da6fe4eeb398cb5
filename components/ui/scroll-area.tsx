import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";

type Props = {
  /** What scrolls, for screen readers. */
  label: string;
  className?: string;
  children: ReactNode;
};

/** A part of the page that scrolls by itself. The keyboard reaches it even when nothing inside can take the focus. */
export function ScrollArea({ label, className, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section aria-label={label} tabIndex={0} className={cn("scroller min-h-0 flex-1 bg-panel", className)}>
      {children}
    </section>
  );
}
