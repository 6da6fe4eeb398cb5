"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { getProductPanelAction } from "@/app/(dashboard)/catalog/panel-actions";
import { ProductEditor } from "@/components/product/editor";
import { ProductBackground, ProductState } from "@/components/product/product-rail";
import { ProductSheet } from "@/components/product/product-sheet";
import { Button, buttonClass } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ProductPanelData } from "@/lib/catalog/product-panel";
import type { PeekRow } from "./product-peek";

type Props = {
  id: string;
  /** Of the page shown: a new array after each change of the list, which has the product read anew. */
  rows: PeekRow[];
  previous: string | null;
  next: string | null;
  onShow: (id: string) => void;
  onClose: () => void;
};

type Answer = { id: string } & ({ data: ProductPanelData } | { failure: string });

/** Between the last step and the question, in milliseconds: who walks past a product doesn't ask for it. */
const PAUSE_MS = 80;

/** A product beside the list, to be read; it is edited on its page. */
export function ProductPanel({ id, rows, previous, next, onShow, onClose }: Props) {
  const [answer, retry] = usePanelProduct(id, rows);
  const row = rows.find((one) => one.id === id);
  const data = answer && "data" in answer ? answer.data : null;
  const name = data ? String(data.product.values.name) : (row?.name ?? "Product");
  const sku = data?.product.sku ?? row?.sku;
  const step = (to: string | null, label: string, key: string, Icon: typeof X) => (
    <button
      type="button"
      className={buttonClass({ variant: "ghost", size: "icon" })}
      aria-label={label}
      title={`${label} (${key})`}
      disabled={to === null}
      onClick={() => to !== null && onShow(to)}
    >
      <Icon aria-hidden />
    </button>
  );
  return (
    <section
      aria-label="Product beside the list"
      className="flex w-[420px] shrink-0 flex-col border-l bg-panel max-lg:hidden xl:w-[460px] print:hidden"
    >
      <header className="flex shrink-0 items-start gap-1 border-b bg-bg py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 py-1">
          <h2 className="line-clamp-2 text-lg" title={name}>
            {name}
          </h2>
          <p className="mono text-muted">{sku}</p>
        </div>
        {step(previous, "Product before", "K", ChevronUp)}
        {step(next, "Next product", "J", ChevronDown)}
        <Link
          href={`/products/${id}`}
          prefetch={false}
          className={buttonClass({ variant: "ghost", size: "icon" })}
          aria-label="Open its page"
          title="Open its page (Enter)"
        >
          <Maximize2 aria-hidden />
        </Link>
        <button
          type="button"
          className={buttonClass({ variant: "ghost", size: "icon" })}
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        >
          <X aria-hidden />
        </button>
      </header>
      {answer && "failure" in answer ? (
        <div className="grid justify-items-start gap-2 px-4 py-3">
          <p role="alert" className="text-red">
            {answer.failure}
          </p>
          <Button onClick={retry}>Try again</Button>
        </div>
      ) : data ? (
        <div key={id} className="scroller min-h-0 flex-1 [&_aside]:border-0">
          <ProductEditor product={data.product} canManage={false}>
            <ProductState />
            <ProductSheet />
            <ProductBackground timeline={data.events} />
          </ProductEditor>
        </div>
      ) : (
        <SkeletonRows rows={16} label="The product is loading" />
      )}
    </section>
  );
}

/** Read again whenever the list is. */
function usePanelProduct(id: string, rows: PeekRow[]) {
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, and another try, ask again
  useEffect(
    function askServer() {
      let isCurrent = true;
      const timer = setTimeout(async () => {
        const result = await getProductPanelAction({ id }).catch(() => null);
        if (!isCurrent) return;
        if (result?.ok) setAnswer({ id, data: result.data });
        else setAnswer({ id, failure: result?.error.message ?? "The server can't be reached." });
      }, PAUSE_MS);
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    },
    [id, rows, attempt],
  );

  const retry = () => {
    setAnswer(undefined);
    setAttempt((before) => before + 1);
  };
  return [answer?.id === id ? answer : undefined, retry] as const;
}
