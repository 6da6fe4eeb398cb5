import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export interface Crumb {
  href: string;
  label: string;
}

type Props = {
  crumbs?: Crumb[];
  title: ReactNode;
  /** A small picture before the title. */
  icon?: ReactNode;
  /** Key figures beside the title. */
  meta?: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
};

/** Where one is, what the page is called, what can be done with it. */
export function PageHead({ crumbs = [], title, icon, meta, actions }: Props) {
  return (
    <div className="shrink-0 px-4 pt-2.5 pb-2.5">
      {crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
        {icon}
        <h1 className="min-w-0 text-xl tracking-[-0.012em] break-words">{title}</h1>
        {meta && <div className="flex items-center gap-2.5 text-muted">{meta}</div>}
        {actions && (
          <div data-commands className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1.5 flex flex-wrap items-center gap-1 text-xs text-muted">
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.href}>
          {index > 0 && <span aria-hidden>›</span>}
          <Link href={crumb.href} className="hover:text-text hover:underline">
            {crumb.label}
          </Link>
        </Fragment>
      ))}
    </nav>
  );
}
