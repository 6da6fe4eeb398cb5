import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { CatalogueList } from "@/components/catalog/catalogue-list";
import { CatalogueSplit } from "@/components/catalog/catalogue-split";
import { ExportMenu } from "@/components/catalog/export-menu";
import { FilterChips } from "@/components/catalog/filter-chips";
import { ListKeys } from "@/components/catalog/list-keys";
import { FilterButton, LayoutButton } from "@/components/catalog/list-tools";
import { ReportsButton } from "@/components/catalog/reports-button";
import { SearchBox } from "@/components/catalog/search-box";
import { ViewMenu } from "@/components/catalog/view-menu";
import { PageHead } from "@/components/frame/page-head";
import { ModeLink } from "@/components/sheet/mode-link";
import { buttonClass } from "@/components/ui/button";
import { Picture } from "@/components/ui/picture";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Badge } from "@/components/ui/status";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { exportHref, exportPlace } from "@/lib/catalog/export-query";
import { getFilterNames } from "@/lib/catalog/filter/filter-names";
import { listWithValues } from "@/lib/catalog/list-with-values";
import { writeColumns } from "@/lib/catalog/product-search";
import { activeIconId } from "@/lib/categories/get-category";
import { openTree } from "@/lib/categories/list-children";
import { formatPlural } from "@/lib/format";
import { openList } from "@/lib/views/open-view";
import { viewQuery } from "@/lib/views/view-query";
import { listLayout } from "./list-layout";
import { placeAt } from "./place-at";
import { SheetSection } from "./sheet-section";

type Props = PageProps<"/catalog/[[...path]]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor("catalog:read");
  return { title: (await placeAt(actor, (await params).path)).title };
}

export default async function CataloguePage({ params, searchParams }: Props) {
  const actor = await requireActor("catalog:read");
  const place = await placeAt(actor, (await params).path);
  const { search, views, view, isChanged, isViewGone } = await openList(actor, await searchParams);
  const category = place.category;
  const [tree, layout, iconId, names] = await Promise.all([
    openTree(actor, category?.id ?? null),
    listLayout(actor, search),
    category ? activeIconId(actor, category.id) : null,
    getFilterNames(actor, search.conditions),
  ]);
  // The address of a sheet that a colleague sent shows the table to who may not edit.
  const isSheet = search.mode === "grid" && can(actor, "catalog:write");
  const list = isSheet ? null : listWithValues(actor, { ...search, place: place.listPlace }, layout.columns);
  return (
    <>
      <PageHead
        crumbs={place.crumbs}
        title={place.title}
        icon={iconId && <Picture src={`/api/icons/${iconId}/file?size=64`} size={24} />}
        meta={
          <>
            {category?.isArchived && <Badge>archived</Badge>}
            <span className="tabular">{formatPlural(place.products, "product")}</span>
            {category && (
              <Link href={`/categories/${category.id}`} prefetch={false} className="text-accent hover:underline">
                {can(actor, "catalog:write") ? "Edit category" : "About it"}
              </Link>
            )}
          </>
        }
        actions={
          <>
            <ReportsButton
              category={category && can(actor, "catalog:write") ? { id: category.id, name: category.name } : null}
            />
            {place.hasProducts && (
              <ExportMenu
                list={{ query: viewQuery(search), category: exportPlace(place.listPlace) }}
                columns={writeColumns(layout.columns)}
                feedHref={can(actor, "catalog:write") ? exportHref(place.listPlace, search) : null}
              />
            )}
            {can(actor, "catalog:write") && (
              <Link
                href={category ? `/products/new?category=${category.id}` : "/products/new"}
                className={buttonClass({ variant: "primary" })}
              >
                <Plus aria-hidden />
                New product
              </Link>
            )}
          </>
        }
      />
      <CatalogueSplit tree={tree} currentId={category?.id ?? null} mayEdit={can(actor, "catalog:write")} place={place}>
        <div
          data-commands
          className="flex min-h-11 flex-wrap items-center gap-2 border-b px-3 py-1.5 print:min-h-0 print:border-0"
        >
          <SearchBox
            base={place.base}
            search={search}
            label={category ? "Search in this category" : "Search products"}
          />
          <ListKeys />
          <ViewMenu
            base={place.base}
            search={search}
            views={views}
            view={view}
            isChanged={isChanged}
            canShare={can(actor, "catalog:write")}
          />
          {isViewGone && (
            <span role="status" className="text-xs text-amber">
              The view of this address is gone, or it is not shared with you.
            </span>
          )}
          <FilterChips base={place.base} search={search} names={names} />
          <FilterButton base={place.base} search={search} names={names} category={category} />
          <LayoutButton
            base={place.base}
            search={search}
            columns={layout.columns}
            pinned={layout.pinned}
            metafields={layout.metafields}
            density={layout.density}
          />
          {can(actor, "catalog:write") && place.hasProducts && <ModeLink base={place.base} search={search} />}
        </div>
        {list === null ? (
          <SheetSection actor={actor} search={search} layout={layout} place={place} />
        ) : (
          <Suspense fallback={<SkeletonRows rows={20} label="Products are loading" />}>
            <CatalogueList list={list} base={place.base} search={search} layout={layout} place={place} />
          </Suspense>
        )}
      </CatalogueSplit>
    </>
  );
}
