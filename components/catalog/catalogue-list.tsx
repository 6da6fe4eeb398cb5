import { PackageOpen, SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { DENSITIES, type Density } from "@/lib/catalog/list-layout";
import type { ProductList } from "@/lib/catalog/list-products";
import {
  type ColumnId,
  isFiltered,
  type ProductSearch,
  productListHref,
  withoutFilters,
} from "@/lib/catalog/product-search";
import { formatCount, formatTotal } from "@/lib/format";
import { ProductsTable } from "./products-table";

type Props = {
  /** On its way: the page streams. */
  list: Promise<ProductList>;
  base: string;
  search: ProductSearch;
  layout: { columns: ColumnId[]; density: Density; currency: string };
  place: { listPlace: { kind: string }; hasProducts: boolean; canImport: boolean };
};

export async function CatalogueList({ list, base, search, layout, place }: Props) {
  const { rows, total, offset, previous, next } = await list;
  if (rows.length === 0) return <NoProducts base={base} search={search} place={place} />;
  const lines = rows.map(({ position, stockStatus, picture, categoryName, categoryPath, updatedAt, ...line }) => ({
    ...line,
    ...(picture && { picture }),
    ...(layout.columns.includes("category") && { categoryName, categoryPath }),
    ...(layout.columns.includes("updated") && { updatedAt }),
  }));
  return (
    <>
      <div className="scroller min-h-0 flex-1 bg-panel">
        <ProductsTable
          rows={lines}
          columns={layout.columns}
          rowHeight={DENSITIES[layout.density]}
          base={base}
          search={search}
        />
      </div>
      <Pagination
        summary={`${formatCount(offset + 1)}–${formatCount(offset + rows.length)} of ${formatTotal(total)}`}
        previousHref={previous && productListHref(base, search, { before: previous })}
        nextHref={next && productListHref(base, search, { after: next })}
      >
        <span className="max-sm:hidden">Prices in {layout.currency}</span>
      </Pagination>
    </>
  );
}

function NoProducts({ base, search, place }: Pick<Props, "base" | "search" | "place">) {
  if (search.q.trim() || isFiltered(search)) {
    return (
      <EmptyState
        icon={SearchX}
        title="No product matches"
        actions={
          <Link href={productListHref(base, withoutFilters(search))} className={buttonClass()}>
            Clear filters
          </Link>
        }
      >
        {search.q.trim()
          ? `Nothing here is found by “${search.q.trim()}”${isFiltered(search) ? " and these filters" : ""}.`
          : "Nothing here passes these filters."}
      </EmptyState>
    );
  }
  if (place.listPlace.kind === "uncategorised") {
    return (
      <EmptyState icon={PackageOpen} title="Every product has its category">
        Products that come without one are queued here.
      </EmptyState>
    );
  }
  if (place.hasProducts) {
    return (
      <EmptyState icon={PackageOpen} title="No products here yet">
        A feed or a person puts products into this category.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={PackageOpen}
      title="The catalogue is empty"
      actions={
        place.canImport && (
          <Link href="/feeds" className={buttonClass({ variant: "primary" })}>
            Import a feed
          </Link>
        )
      }
    >
      Products come in through a supplier's feed.
    </EmptyState>
  );
}
