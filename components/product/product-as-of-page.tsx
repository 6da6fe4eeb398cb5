import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { ProductView } from "@/lib/catalog/get-product";
import type { ProductAsOf } from "@/lib/catalog/product-as-of";
import { AsOfSheet } from "./as-of-sheet";
import { RestoreButton } from "./restore-button";

type Props = { product: ProductView; past: ProductAsOf; mayRestore: boolean };

/** A product as it was at a time: to read, never to edit. */
export function ProductAsOfPage({ product, past, mayRestore }: Props) {
  const name = past.outcome === "known" ? past.values.name : product.values.name;
  return (
    <>
      <Head product={product} name={String(name)} />
      <p role="status" className="flex flex-wrap items-center gap-x-2 border-y bg-amber-soft px-4 py-1.5 text-amber">
        <span>
          As of <Time at={past.at} format="short" />
          {past.outcome === "known" && <> · {changedWords(past.changedSince.length)}</>}
        </span>
        <span aria-hidden className="max-sm:hidden">
          ·
        </span>
        <Link href={`/products/${product.id}`} className="font-medium underline">
          Back to now
        </Link>
        <span aria-hidden className="max-sm:hidden">
          ·
        </span>
        <Link href={`/products/${product.id}?tab=history`} className="underline">
          History
        </Link>
        {mayRestore && past.outcome === "known" && past.changedSince.length > 0 && (
          <RestoreButton productId={product.id} at={past.at.toISOString()} />
        )}
      </p>
      {past.outcome === "known" && <AsOfSheet product={product} past={past} />}
      {past.outcome === "not_yet" && (
        <EmptyState title="It did not exist yet" actions={<BackToNow id={product.id} />}>
          This product was created <Time at={past.createdAt} format="short" />.
        </EmptyState>
      )}
      {past.outcome === "unknown" && (
        <EmptyState title="This can't be told any more" actions={<BackToNow id={product.id} />}>
          {past.reason}
        </EmptyState>
      )}
    </>
  );
}

/** For an address whose time is none, or still to come. */
export function NoSuchTime({ product }: { product: ProductView }) {
  return (
    <>
      <Head product={product} name={String(product.values.name)} />
      <EmptyState title="There is no such time" actions={<BackToNow id={product.id} />}>
        Choose a time that has passed, like 2026-11-20T10:00, in the product's history.
      </EmptyState>
    </>
  );
}

function Head({ product, name }: { product: ProductView; name: string }) {
  const crumbs = [
    { href: "/catalog", label: "Catalogue" },
    { href: `/products/${product.id}`, label: product.sku },
  ];
  return <PageHead crumbs={crumbs} title={name} meta={<span className="mono">{product.sku}</span>} />;
}

function BackToNow({ id }: { id: string }) {
  return (
    <Link href={`/products/${id}`} className={buttonClass({ variant: "primary" })}>
      Back to now
    </Link>
  );
}

function changedWords(fields: number) {
  if (fields === 0) return "nothing has changed since";
  return fields === 1 ? "1 field has changed since" : `${fields} fields have changed since`;
}
