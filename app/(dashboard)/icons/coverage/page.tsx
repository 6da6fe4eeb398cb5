import { CircleCheck, FolderTree } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { CoverageBoard } from "@/components/icons/coverage-board";
import { IconPicture } from "@/components/icons/icon-picture";
import { IconTabs } from "@/components/icons/icon-tabs";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { type Coverage, iconCoverage } from "@/lib/icons/coverage";
import { COVERAGE_WORDS, type CoverageState, parseCoverageSearch } from "@/lib/icons/coverage-search";

const AGES = [
  { value: "90", label: "Stale after 90 days" },
  { value: "180", label: "Stale after half a year" },
  { value: "365", label: "Stale after a year" },
  { value: "730", label: "Stale after two years" },
];

export const metadata: Metadata = { title: "Icon coverage" };

export default async function CoveragePage({ searchParams }: PageProps<"/icons/coverage">) {
  const actor = await requireActor("catalog:read");
  const search = parseCoverageSearch(await searchParams);
  const coverage = await iconCoverage(actor, search);
  const { state, branch, days } = search;
  const href = (to: { state?: CoverageState; branch?: string; after?: string }) =>
    hrefWith("/icons/coverage", { ...to, days });
  return (
    <>
      <PageHead
        title="Icons"
        actions={
          can(actor, "catalog:write") &&
          coverage.gaps > 0 && (
            <Link
              href={hrefWith("/icons/new", { of: "gaps", state, branch, days })}
              className={buttonClass({ variant: "primary" })}
            >
              Fill {formatPlural(coverage.gaps, "gap")}
            </Link>
          )
        }
      />
      <IconTabs current="/icons/coverage" />
      {coverage.categories === 0 ? (
        <EmptyState icon={FolderTree} title="No category yet">
          Categories come with the first import, or by hand in the catalogue’s tree. Each can then have an icon.
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <FilterForm label="What counts as stale">
            {state && <input type="hidden" name="state" value={state} />}
            {branch && <input type="hidden" name="branch" value={branch} />}
            <FilterSelect
              name="days"
              label="Old icons"
              value={days ? String(days) : ""}
              anyLabel="Icons don’t grow old"
              options={AGES}
            />
          </FilterForm>
          <CoverageBoard coverage={coverage} state={state} branch={branch} href={href} />
          {coverage.rows.length === 0 ? <Nothing state={state} /> : <Lines rows={coverage.rows} />}
        </div>
      )}
      <Pagination
        summary={formatPlural(coverage.total, "category", "categories")}
        previousHref={search.after === undefined ? null : href({ state, branch })}
        nextHref={coverage.next === null ? null : href({ state, branch, after: coverage.next })}
      />
    </>
  );
}

function Nothing({ state }: { state: CoverageState | undefined }) {
  if (state) return <EmptyState title={`No category here is “${COVERAGE_WORDS[state].label.toLowerCase()}”`} />;
  return (
    <EmptyState icon={CircleCheck} title="Every category has its icon">
      New categories appear here until they have one too.
    </EmptyState>
  );
}

function Lines({ rows }: { rows: Coverage["rows"] }) {
  return (
    <ul aria-label="Categories">
      {rows.map(({ id, name, above, state, iconId }) => (
        <li
          key={id}
          className="relative flex min-h-9 items-center gap-3 border-b border-line-soft px-4 py-1 hover:bg-hover"
        >
          {iconId ? (
            <IconPicture icon={{ id: iconId, fileMissing: state === "missing" }} size={24} />
          ) : (
            <span aria-hidden className="size-6 shrink-0 rounded-md border border-dashed" />
          )}
          <span className="min-w-0 flex-1">
            <Link href={`/categories/${id}#icon`} prefetch={false} className="row-link block truncate font-medium">
              {name}
            </Link>
            {above.length > 0 && <span className="block truncate text-xs text-muted">{above.join(" › ")}</span>}
          </span>
          <span className="text-xs whitespace-nowrap text-muted" title={COVERAGE_WORDS[state].help}>
            {COVERAGE_WORDS[state].label}
          </span>
        </li>
      ))}
    </ul>
  );
}
