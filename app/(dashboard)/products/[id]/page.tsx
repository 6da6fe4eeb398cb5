import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { PageHead } from "@/components/frame/page-head";
import { ArchiveButton } from "@/components/product/archive-button";
import { DeleteButton } from "@/components/product/delete-button";
import { DeletedProduct } from "@/components/product/deleted-product";
import { DuplicateButton } from "@/components/product/duplicate-button";
import { PrintButton } from "@/components/product/print-button";
import { NoSuchTime, ProductAsOfPage } from "@/components/product/product-as-of-page";
import { ProductHistoryTab } from "@/components/product/product-history-tab";
import { ProductPage } from "@/components/product/product-page";
import { Proposals } from "@/components/product/proposals";
import { ProposeButton } from "@/components/product/propose-button";
import { ValueHistoryTab } from "@/components/product/value-history";
import { Badge } from "@/components/ui/status";
import { Tabs } from "@/components/ui/tabs";
import { type Actor, can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { asOfInput } from "@/lib/catalog/as-of-input";
import { getProduct } from "@/lib/catalog/get-product";
import { getMergeTarget } from "@/lib/catalog/merged-product";
import { getProductAsOf } from "@/lib/catalog/product-as-of";
import { listProductHistory } from "@/lib/catalog/product-history";
import { listProposals } from "@/lib/catalog/proposals";
import { getValueHistory } from "@/lib/catalog/value-history";
import { listLooksLike } from "@/lib/duplicates/looks-like";
import { getDeletedProduct } from "@/lib/purge/get-deleted";

async function ProductThen({ actor, id, asOf }: { actor: Actor; id: string; asOf: string }) {
  const at = asOfInput.safeParse(asOf);
  const found = at.success && at.data <= new Date() ? await getProductAsOf(actor, id, at.data) : null;
  if (found) {
    return <ProductAsOfPage product={found.now} past={found.past} mayRestore={can(actor, "catalog:write")} />;
  }
  const product = await readProduct(actor, id);
  if (!product) notFound();
  return <NoSuchTime product={product} />;
}

async function Prices({ actor, id, currency }: { actor: Actor; id: string; currency: string }) {
  return <ValueHistoryTab productId={id} history={await getValueHistory(actor, id)} currency={currency} />;
}

function MergedNotice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="border-y bg-amber-soft px-4 py-1.5 text-amber">
      {children}
    </p>
  );
}

/** What the rail's timeline shows of the history. */
const TIMELINE = 6;

/** The page and its title ask for the same product. */
const readProduct = cache(getProduct);

export async function generateMetadata({ params }: PageProps<"/products/[id]">): Promise<Metadata> {
  const actor = await requireActor("catalog:read");
  const product = await readProduct(actor, (await params).id);
  if (product) return { title: String(product.values.name) };
  const deleted = await getDeletedProduct(actor, (await params).id);
  return { title: deleted ? `${deleted.sku}, deleted` : "No such product" };
}

export default async function ProductRoute({ params, searchParams }: PageProps<"/products/[id]">) {
  const actor = await requireActor("catalog:read");
  const [{ id }, { tab, as_of: asOf, merged: mergedFrom }] = await Promise.all([params, searchParams]);
  if (typeof asOf === "string") return <ProductThen actor={actor} id={id} asOf={asOf} />;
  const isHistory = tab === "history";
  const isPrices = tab === "prices";
  const product = await readProduct(actor, id);
  if (!product) {
    const [deleted, into] = await Promise.all([getDeletedProduct(actor, id), getMergeTarget(actor, id)]);
    // Merged before it was deleted: its address leads on.
    if (deleted && into && !isHistory) redirect(`/products/${into.id}?merged=${encodeURIComponent(deleted.sku)}`);
    return deleted ? <DeletedProduct product={deleted} /> : notFound();
  }
  const status = String(product.values.status);
  const merged = status === "archived" ? await getMergeTarget(actor, id) : null;
  // What was before the merge stays to be read: its history, and how it was.
  if (merged && !isHistory) redirect(`/products/${merged.id}?merged=${encodeURIComponent(product.sku)}`);
  const history = await listProductHistory(actor, id, null, isHistory ? undefined : TIMELINE);
  const [proposals, looksLike] = await Promise.all([listProposals(actor, id), listLooksLike(actor, id)]);
  const trail = product.category?.trail ?? [];
  const crumbs = [
    { href: "/catalog", label: "Catalogue" },
    ...trail.map((category) => ({ href: `/catalog/${category.path}`, label: category.name })),
  ];
  const head = (
    <>
      <PageHead
        crumbs={crumbs}
        title={product.values.name}
        meta={
          <>
            <span className="mono">{product.sku}</span>
            {status === "archived" && <Badge>Archived</Badge>}
          </>
        }
        actions={
          <>
            <PrintButton />
            {!can(actor, "catalog:write") && can(actor, "catalog:propose") && <ProposeButton />}
            {can(actor, "catalog:write") && (
              <>
                <ArchiveButton productId={id} status={status} />
                {status === "archived" && can(actor, "data:purge") && <DeleteButton productId={id} />}
                <DuplicateButton product={{ id, sku: product.sku, name: String(product.values.name) }} />
              </>
            )}
          </>
        }
      />
      <Proposals proposals={proposals} />
      {typeof mergedFrom === "string" && (
        <MergedNotice>{mergedFrom.slice(0, 100)} was merged into this product.</MergedNotice>
      )}
      {merged && (
        <MergedNotice>
          This product was merged into{" "}
          <Link href={`/products/${merged.id}`} className="font-medium underline">
            {merged.sku}
          </Link>
          .
        </MergedNotice>
      )}
      {/* A scrolling part would give way to a long page and vanish. */}
      <div className="shrink-0">
        <Tabs
          label="Product"
          tabs={[
            { href: `/products/${id}`, label: "Product", isCurrent: !isHistory && !isPrices },
            { href: `/products/${id}?tab=prices`, label: "Prices and stock", isCurrent: isPrices },
            { href: `/products/${id}?tab=history`, label: "History", isCurrent: isHistory },
          ]}
        />
      </div>
    </>
  );
  return (
    <ProductPage
      key={id}
      product={product}
      canManage={can(actor, "catalog:write")}
      head={head}
      timeline={history.events}
      looksLike={looksLike}
    >
      {isHistory ? (
        <ProductHistoryTab productId={id} first={history} />
      ) : isPrices ? (
        <Prices actor={actor} id={id} currency={product.currency} />
      ) : null}
    </ProductPage>
  );
}
