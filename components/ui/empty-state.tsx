import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  icon?: LucideIcon;
  title: string;
  /** `h1` where this is the whole page. */
  heading?: "h1" | "h2";
  /** Why it is empty and what to do next. */
  children?: ReactNode;
  actions?: ReactNode;
};

export function EmptyState({ icon: Icon, title, heading: Heading = "h2", children, actions }: Props) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-16 text-center">
      {Icon && <Icon aria-hidden className="mb-1 size-6 text-faint" strokeWidth={1.5} />}
      <Heading className="text-lg">{title}</Heading>
      {children && <div className="max-w-96 text-muted">{children}</div>}
      {actions && <div className="mt-2 flex gap-2">{actions}</div>}
    </div>
  );
}
