import { type ReactNode, useId } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id} className="border-b pb-1.5 text-xs font-semibold text-muted">
        {title}
      </h2>
      {children}
    </section>
  );
}
