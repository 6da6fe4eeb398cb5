"use client";

import type { ReactNode } from "react";
import { usePrinting } from "@/components/ui/use-printing";
import type { ProductView } from "@/lib/catalog/get-product";
import type { HistoryEvent } from "@/lib/catalog/product-history";
import type { LooksLike } from "@/lib/duplicates/looks-like";
import { ProductEditor } from "./editor";
import { LeaveGuard } from "./leave-guard";
import { ProductBackground, ProductState } from "./product-rail";
import { ProductSheet } from "./product-sheet";
import { SaveBar } from "./save-bar";

type Props = {
  product: ProductView;
  canManage: boolean;
  /** Breadcrumb, name and tabs. */
  head: ReactNode;
  timeline: HistoryEvent[];
  looksLike: LooksLike[];
  /** The open tab, when it isn't the product itself: what is typed outlives the change of tabs. */
  children: ReactNode;
};

export function ProductPage({ product, canManage, head, timeline, looksLike, children }: Props) {
  // Paper shows values as they are saved, not the controls that change them.
  const isPrinting = usePrinting();
  return (
    <ProductEditor product={product} canManage={canManage && !isPrinting}>
      <SaveBar />
      {head}
      {children ?? (
        <div className="grid flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_292px] lg:grid-rows-[auto_1fr] print:block">
          <ProductState />
          <ProductSheet />
          <ProductBackground timeline={timeline} looksLike={looksLike} />
        </div>
      )}
      <LeaveGuard />
    </ProductEditor>
  );
}
