"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { usePeek } from "./product-peek";

/** Leads to a product's page; where there is room, a plain click first opens it beside the list. */
export function RowLink({ id, children }: { id: string; children: ReactNode }) {
  const peek = usePeek();
  return (
    <Link
      href={`/products/${id}`}
      prefetch={false}
      className="row-link"
      data-peek={id}
      aria-current={peek?.openId === id ? "true" : undefined}
      onPointerDown={peek?.aim}
      onClick={(event) => peek?.click(event, id)}
      onFocus={() => peek?.follow(id)}
    >
      {children}
    </Link>
  );
}
