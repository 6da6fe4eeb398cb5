import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { isFiltered, type ProductSearch, productListHref, withoutFilters } from "@/lib/catalog/product-search";

type Props = { base: string; search: ProductSearch };

/** An empty list that something narrows: what was asked, and what to try. */
export function NothingFound({ base, search }: Props) {
  const q = search.q.trim();
  const hasFilters = isFiltered(search);
  const cleared = withoutFilters(search);
  return (
    <EmptyState
      icon={SearchX}
      title="No product matches"
      actions={
        <>
          {q && hasFilters && (
            <Link
              href={productListHref(base, { ...cleared, q, sort: "relevance" })}
              className={buttonClass({ variant: "primary" })}
            >
              Search without the filters
            </Link>
          )}
          {q && base !== "/catalog" && (
            <Link href={productListHref("/catalog", search)} className={buttonClass()}>
              Search the whole catalogue
            </Link>
          )}
          <Link href={productListHref(base, cleared)} className={buttonClass()}>
            {q && !hasFilters ? "Clear the search" : "Clear filters"}
          </Link>
        </>
      }
    >
      {q ? <Tries q={q} hasFilters={hasFilters} /> : "Nothing here passes these filters."}
    </EmptyState>
  );
}

function Tries({ q, hasFilters }: { q: string; hasFilters: boolean }) {
  return (
    <>
      Nothing here is found by “{q}”{hasFilters && " and these filters"}. Fewer words find more; the beginning of a
      word, a SKU, UPC or maker's number is enough, with or without its dashes.
    </>
  );
}
