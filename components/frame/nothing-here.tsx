import { SearchX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type Props = {
  title: string;
  /** Why that may be. */
  children: ReactNode;
  way: { href: string; label: string };
};

/** An address that leads nowhere, and the way on. */
export function NothingHere({ title, children, way }: Props) {
  return (
    <EmptyState
      icon={SearchX}
      heading="h1"
      title={title}
      actions={
        <Link href={way.href} className={buttonClass({ variant: "primary" })}>
          {way.label}
        </Link>
      }
    >
      {children}
    </EmptyState>
  );
}
