import { Shapes } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { ExportShelf } from "@/components/icons/export-shelf";
import { IconFilters } from "@/components/icons/icon-filters";
import { IconGrid } from "@/components/icons/icon-grid";
import { IconTabs } from "@/components/icons/icon-tabs";
import { UploadButton } from "@/components/icons/upload-button";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { categoryName } from "@/lib/categories/get-category";
import { cn } from "@/lib/class-names";
import { formatCount, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { type IconSearch, parseIconSearch, SHELVES, type Shelf } from "@/lib/icons/icon-search";
import { iconFigures, listIcons } from "@/lib/icons/list-icons";

export const metadata: Metadata = { title: "Icons" };

export default async function IconsPage({ searchParams }: PageProps<"/icons">) {
  const actor = await requireActor("catalog:read");
  const search = parseIconSearch(await searchParams);
  const { before, after, ...filters } = search;
  const [icons, known, category] = await Promise.all([
    listIcons(actor, search),
    iconFigures(actor),
    search.category ? categoryName(actor, search.category) : null,
  ]);
  const mayEdit = can(actor, "catalog:write");
  const href = (to: Partial<IconSearch>) => {
    const { show, ...rest } = { ...filters, ...to };
    return hrefWith("/icons", { ...rest, show: show === "all" ? "" : show });
  };
  return (
    <>
      <PageHead
        title="Icons"
        meta={<span className="tabular">{formatPlural(known.figures.all, "icon")}</span>}
        actions={
          <>
            {icons.total > 0 && <ExportShelf show={search.show} category={search.category ?? null} />}
            {can(actor, "settings:manage") && (
              <Link href="/icons/settings" className={buttonClass({})}>
                Settings
              </Link>
            )}
            {mayEdit && <UploadButton categoryId={null} />}
            {mayEdit && (
              <Link href="/icons/new" className={buttonClass({ variant: "primary" })}>
                Generate icons
              </Link>
            )}
          </>
        }
      />
      <IconTabs current="/icons" />
      {known.figures.all > 0 && (
        <>
          <IconFilters search={search} known={known} />
          <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b px-3 py-1.5">
            {(Object.keys(SHELVES) as Shelf[]).map((shelf) => (
              <Link
                key={shelf}
                href={href({ show: shelf })}
                aria-current={shelf === search.show ? "true" : undefined}
                className={cn(
                  "tabular rounded-md border px-2 py-0.5 text-xs hover:bg-hover",
                  shelf === search.show ? "border-accent-line bg-accent-soft font-medium" : "text-muted",
                )}
              >
                {SHELVES[shelf]} {formatCount(known.figures[shelf])}
              </Link>
            ))}
            {search.category && (
              <Narrowed words={`In ${category ?? "a category since removed"}`} href={href({ category: undefined })} />
            )}
            {search.batch && <Narrowed words={`Batch ${search.batch}`} href={href({ batch: undefined })} />}
          </div>
        </>
      )}
      {icons.rows.length === 0 ? (
        <NoIcons isEmpty={known.figures.all === 0} mayEdit={mayEdit} />
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel pb-16">
          <IconGrid icons={icons.rows.map(toTile)} mayEdit={mayEdit} label="Icons" />
        </div>
      )}
      <Pagination
        summary={formatPlural(icons.total, "icon")}
        previousHref={icons.newer === null ? null : href({ after: icons.newer })}
        nextHref={icons.older === null ? null : href({ before: icons.older })}
      />
    </>
  );
}

/** What the grid needs, and no prompts. */
function toTile(icon: Awaited<ReturnType<typeof listIcons>>["rows"][number]) {
  const { id, filename, category, isShown, status, reviewState, fileMissing, version } = icon;
  return { id, filename, category, isShown, status, reviewState, fileMissing, version };
}

function Narrowed({ words, href }: { words: string; href: string }) {
  return (
    <Link
      href={href}
      title="Show all again"
      className="rounded-md border border-accent-line bg-accent-soft px-2 py-0.5 text-xs hover:bg-hover"
    >
      {words} ×
    </Link>
  );
}

function NoIcons({ isEmpty, mayEdit }: { isEmpty: boolean; mayEdit: boolean }) {
  if (!isEmpty) {
    return (
      <EmptyState icon={Shapes} title="No icon is like that">
        <Link href="/icons" className="text-accent underline">
          Show all icons
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Shapes}
      title="No icon yet"
      actions={
        mayEdit && (
          <>
            <Link href="/icons/new?of=gaps" className={buttonClass({ variant: "primary" })}>
              Generate for all categories
            </Link>
            <Link href="/icons/import" className={buttonClass()}>
              Import a store
            </Link>
          </>
        )
      }
    >
      {mayEdit
        ? "The built-in generator draws one for each category from an open icon set: it needs no account and costs nothing."
        : "A manager can have them drawn for all categories. They then stand in the tree and on the categories' pages."}
    </EmptyState>
  );
}
