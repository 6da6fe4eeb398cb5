import { Braces, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { PinnedList } from "@/components/metafields/pinned-list";
import { RegistryFilter } from "@/components/metafields/registry-filter";
import { RegistryTable } from "@/components/metafields/registry-table";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatCount, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { definitionList, listRegistry } from "@/lib/metafields/definitions/queries";

export const metadata: Metadata = { title: "Metafields" };

const SHOWN = { all: "All", required: "Required", pinned: "Pinned" } as const;

export default async function MetafieldsPage({ searchParams }: PageProps<"/metafields">) {
  const actor = await requireActor("catalog:read");
  const asked = await searchParams;
  const search = definitionList.parse(asked);
  const { rows, total, previous, next } = await listRegistry(actor, search);
  const mayEdit = can(actor, "catalog:write");
  const { q, type, show } = search;
  const href = (changes: Record<string, string | undefined>) =>
    hrefWith("/metafields", {
      q: q || undefined,
      type: type || undefined,
      show: show === "all" ? undefined : show,
      ...changes,
    });
  const isFiltered = q !== "" || type !== "";
  return (
    <>
      <PageHead
        title="Metafields"
        meta={<span className="tabular">{formatPlural(total, "definition")}</span>}
        actions={
          mayEdit && (
            <Link href="/metafields/new" className={buttonClass({ variant: "primary" })}>
              <Plus aria-hidden />
              New definition
            </Link>
          )
        }
      />
      <Tabs
        label="Which definitions"
        tabs={Object.entries(SHOWN).map(([name, label]) => ({
          href: href({ show: name === "all" ? undefined : name }),
          label,
          isCurrent: name === show,
        }))}
      />
      <RegistryFilter key={`${q} ${type} ${show}`} q={q} type={type} show={show} />
      {rows.length === 0 ? (
        <EmptyState icon={Braces} title={isFiltered ? "No definition is like that" : EMPTY[show][0]}>
          {isFiltered ? "Search for less, or choose another type." : EMPTY[show][1]}
        </EmptyState>
      ) : show === "pinned" && mayEdit && !isFiltered ? (
        <PinnedList key={rows.map(({ id }) => id).join()} rows={rows} />
      ) : (
        <>
          <div className="scroller flex-1 border-t bg-panel">
            <RegistryTable rows={rows} />
          </div>
          {(next || previous) && (
            <Pagination
              summary={`${formatPlural(rows.length, "definition")} of ${formatCount(total)}`}
              previousHref={previous && href({ before: previous })}
              nextHref={next && href({ after: next })}
            />
          )}
        </>
      )}
    </>
  );
}

const EMPTY = {
  all: ["No metafield yet", "Feeds bring definitions with their attributes. You can make one yourself, too."],
  required: [
    "Nothing is required",
    "Open a definition to require it of every product, or put it into a category's template.",
  ],
  pinned: ["Nothing is pinned", "Pinned definitions stand first where a metafield is chosen. Pin one on its own page."],
} as const;
