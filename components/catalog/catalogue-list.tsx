import { PackageOpen } from "lucide-react";
import Link from "next/link";
import { NothingFound } from "@/components/search/nothing-found";
import { ReadingLine } from "@/components/search/reading-line";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import type { MetafieldId } from "@/lib/catalog/filter/condition";
import { DENSITIES, type Density } from "@/lib/catalog/list-layout";
import type { ListPlace } from "@/lib/catalog/list-query";
import type { ListedProducts } from "@/lib/catalog/list-with-values";
import { type ColumnId, isFiltered, type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { formatCount, formatTotal } from "@/lib/format";
import { markWords } from "@/lib/search/mark-words";
import { searchTerms } from "@/lib/search/search-terms";
import type { ColumnLayout } from "./column-layout";
import type { MetafieldColumn } from "./columns";
import { toLine } from "./product-line";
import { ProductPeek } from "./product-peek";
import { ProductsTable } from "./products-table";
import { ProductSelection, type SelectableList } from "./selection";
import { SelectionBar } from "./selection-bar";

type Props = {
  /** On its way: the page streams. */
  list: Promise<ListedProducts>;
  base: string;
  search: ProductSearch;
  layout: {
    columns: ColumnId[];
    metafields: Partial<Record<MetafieldId, MetafieldColumn>>;
    widths: ColumnLayout["widths"];
    pinned: ColumnLayout["pinned"];
    density: Density;
    currency: string;
  };
  place: { listPlace: ListPlace; hasProducts: boolean; canImport: boolean; canEdit: boolean; canDelete: boolean };
};

export async function CatalogueList({ list, base, search, layout, place }: Props) {
  const { rows, total, offset, previous, next, values, details, reading, ...found } = await list;
  const problems = [...search.refused.map((text) => `“${text}” is no condition`), ...found.problems];
  if (rows.length === 0) {
    return (
      <>
        <FilterProblems problems={problems} />
        <ReadingLine reading={reading} base={base} search={search} />
        <NoProducts base={base} search={search} place={place} />
      </>
    );
  }
  const terms = reading && searchTerms(reading.shown, { isLiteral: search.literal });
  const table = (
    <>
      <FilterProblems problems={problems} />
      <ReadingLine reading={reading} base={base} search={search} />
      <div className="scroller min-h-0 flex-1 bg-panel">
        <ProductsTable
          rows={rows.map((row) => ({
            ...toLine(row, layout.columns, values.get(row.id), details.get(row.id)),
            ...(terms && { marks: { name: markWords(row.name, terms), sku: markWords(row.sku, terms) } }),
          }))}
          columns={layout.columns}
          metafields={layout.metafields}
          rowHeight={DENSITIES[layout.density]}
          layout={layout}
          base={base}
          search={search}
          canSelect={place.canEdit}
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
  const pageIds = rows.map((row) => row.id);
  return (
    <ProductPeek rows={rows.map(({ id, sku, name }) => ({ id, sku, name }))}>
      {place.canEdit ? (
        <ProductSelection list={selectableList(search, place.listPlace, total, pageIds)}>
          {table}
          <SelectionBar mayDelete={place.canDelete} />
        </ProductSelection>
      ) : (
        table
      )}
    </ProductPeek>
  );
}

/** The list as the server reads it again, and without its order: another order is the same selection. */
function selectableList(
  search: ProductSearch,
  place: ListPlace,
  total: ListedProducts["total"],
  pageIds: string[],
): SelectableList {
  const category = place.kind === "category" ? place.id : place.kind === "uncategorised" ? "none" : null;
  const query = (changes: Partial<ProductSearch>) => {
    const href = productListHref("", search, { view: undefined, columns: undefined, size: 50, ...changes });
    return href.replace(/^\?/, "");
  };
  const key = `${category ?? ""}?${query({ sort: "name", dir: "asc" })}`;
  return { key, query: query({}), category, total, pageIds };
}

/** Conditions of the address that could not be asked: the list is shown without them, and says so. */
function FilterProblems({ problems }: { problems: string[] }) {
  if (problems.length === 0) return null;
  return (
    <p role="status" className="border-b bg-amber-soft px-3 py-1.5 text-xs text-amber">
      Left out of the filter: {problems.join("; ")}.
    </p>
  );
}

function NoProducts({ base, search, place }: Pick<Props, "base" | "search" | "place">) {
  if (search.q.trim() || isFiltered(search)) {
    return <NothingFound base={base} search={search} />;
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
