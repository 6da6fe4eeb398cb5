import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";

/** Green is done, amber needs a person, red failed, blue runs, grey is idle. Hues mean nothing else. */
export type Tone = "green" | "amber" | "red" | "blue" | "idle";

const TEXT = {
  green: "text-green",
  amber: "text-amber",
  red: "text-red",
  blue: "text-blue",
  idle: "text-faint",
} as const satisfies Record<Tone, string>;

const SOFT = {
  green: "bg-green-soft text-green",
  amber: "bg-amber-soft text-amber",
  red: "bg-red-soft text-red",
  blue: "bg-blue-soft text-blue",
  idle: "bg-sunk text-muted",
} as const satisfies Record<Tone, string>;

/** A status: a dot and always its word. */
export function StatusDot({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  return <span className={cn("status-dot", TEXT[tone], className)}>{children}</span>;
}

export function Badge({ tone = "idle", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={cn("inline-flex h-5 items-center rounded-sm px-1.5 text-xs whitespace-nowrap", SOFT[tone])}>
      {children}
    </span>
  );
}
