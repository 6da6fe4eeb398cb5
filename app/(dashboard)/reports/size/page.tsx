import type { Metadata } from "next";
import { Suspense } from "react";
import { SizeTable } from "@/components/catalog/size-table";
import { PageHead } from "@/components/frame/page-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import { requireActor } from "@/lib/auth/current-actor";
import { catalogueSize } from "@/lib/catalog/size/catalogue-size";

export const metadata: Metadata = { title: "Size of the catalogue" };

export default async function CatalogueSizePage() {
  const actor = await requireActor("catalog:read");
  return (
    <>
      <PageHead
        crumbs={[{ href: "/catalog", label: "Catalogue" }]}
        title="Size of the catalogue"
        meta={<span className="max-sm:hidden">what it holds, and from when on somebody should look at it</span>}
      />
      <div className="scroller min-h-0 flex-1 border-t bg-panel">
        <Suspense fallback={<SkeletonRows rows={14} label="The catalogue is measured" />}>
          <SizeTable size={catalogueSize(actor)} />
        </Suspense>
      </div>
    </>
  );
}
