"use client";

import type { ReactNode } from "react";
import type { ProductView } from "@/lib/catalog/get-product";
import type { HistoryEvent } from "@/lib/catalog/product-history";
import { ProductEditor } from "./editor";
import { LeaveGuard } from "./leave-guard";
import { ProductBackground, ProductState } from "./product-rail";
import { ProductSheet } from "./product-sheet";
import { SaveBar } from "./save-bar";

type Props = {
  product: ProductView;
  canEdit: boolean;
  /** Breadcrumb, name and tabs. */
  head: ReactNode;
  timeline: HistoryEvent[];
  /** The open tab, when it isn't the product itself: what is typed outlives the change of tabs. */
  children: ReactNode;
};

export function ProductPage({ product, canEdit, head, timeline, children }: Props) {
  return (
    <ProductEditor product={product} canEdit={canEdit}>
      <SaveBar />
      {head}
      {children ?? (
        <div className="grid flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_292px] lg:grid-rows-[auto_1fr]">
          <ProductState />
          <ProductSheet />
          <ProductBackground timeline={timeline} />
        </div>
      )}
      {canEdit && <LeaveGuard />}
    </ProductEditor>
  );
}
