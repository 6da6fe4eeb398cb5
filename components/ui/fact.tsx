import type { ReactNode } from "react";

/** One fact of a `dl`, its name above it. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular min-h-5">{children}</dd>
    </div>
  );
}

/** One fact of a `dl` in two columns, its name beside it. */
export function FactRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
