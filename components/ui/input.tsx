import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

const FIELD =
  "w-full min-w-0 rounded-md border border-line bg-panel text-text hover:border-line-strong focus-visible:border-accent focus-visible:outline-3 focus-visible:outline-offset-0 focus-visible:outline-accent-soft aria-invalid:border-red disabled:bg-sunk disabled:text-muted read-only:bg-sunk";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(FIELD, "h-7 px-2", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD, "min-h-16 px-2 py-1", className)} {...props} />;
}

/** The browser's own select: keyboard, touch and screen readers know it, and it loads nothing. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={cn(FIELD, "h-7 pr-6 pl-1.5 read-only:bg-panel", className)} {...props} />;
}

export function Checkbox({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  return <input type="checkbox" className={cn("size-3.5 shrink-0 align-middle", className)} {...props} />;
}
