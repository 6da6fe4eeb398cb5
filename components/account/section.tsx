import type { ReactNode } from "react";

type Props = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A part of the account page: what it is about on the left, the thing itself on the right. */
export function Section({ title, note, actions, children }: Props) {
  return (
    <section aria-label={title} className="grid gap-x-8 gap-y-3 border-t py-5 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {note && <p className="mt-1 text-xs text-muted">{note}</p>}
        {actions && <div className="mt-3">{actions}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
