import { CopyCheck } from "lucide-react";
import type { Metadata } from "next";
import { DuplicateGroup } from "@/components/duplicates/duplicate-group";
import { FindButton } from "@/components/duplicates/find-button";
import { PageHead } from "@/components/frame/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { getCurrency } from "@/lib/catalog/currency";
import { duplicatesSummary, listDuplicateGroups, parseDuplicatesSearch } from "@/lib/duplicates/duplicate-groups";
import { hrefWith } from "@/lib/href";

export const metadata: Metadata = { title: "Duplicates" };

const HOME = "/reports/duplicates";

export default async function DuplicatesPage({ searchParams }: PageProps<"/reports/duplicates">) {
  const actor = await requireActor("catalog:read");
  const search = parseDuplicatesSearch(await searchParams);
  const [summary, { rows, next }, currency] = await Promise.all([
    duplicatesSummary(actor),
    listDuplicateGroups(actor, search),
    getCurrency(actor),
  ]);
  const mayMerge = can(actor, "catalog:write");
  const { job } = summary;
  const isLooking = job?.status === "pending" || job?.status === "running";
  const state = search.state === "open" ? undefined : search.state;
  return (
    <>
      <PageHead
        crumbs={[{ href: "/catalog", label: "Catalogue" }]}
        title="Duplicates"
        meta={
          job && (
            <span>
              {isLooking ? "Looking since" : "Looked through"} <Time at={job.completedAt ?? job.createdAt} />
            </span>
          )
        }
        actions={mayMerge && <FindButton jobId={isLooking ? (job?.id ?? null) : null} hasLooked={job !== null} />}
      />
      <Tabs
        label="Duplicates"
        tabs={[
          { href: HOME, label: "To decide", count: summary.open, isCurrent: search.state === "open" },
          {
            href: `${HOME}?state=dismissed`,
            label: "Not the same",
            count: summary.dismissed,
            isCurrent: search.state === "dismissed",
          },
          {
            href: `${HOME}?state=merged`,
            label: "Merged",
            count: summary.merged,
            isCurrent: search.state === "merged",
          },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={CopyCheck}
          title={search.state === "open" && !job ? "Nobody has looked for duplicates yet" : EMPTY[search.state]}
        >
          {search.state === "open" && !job
            ? "Products with an equal code, name and brand, or picture are found by the worker, and listed here with what speaks for each."
            : null}
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          {rows.map((group) => (
            <DuplicateGroup key={group.id} group={group} currency={currency} mayMerge={mayMerge} />
          ))}
        </div>
      )}
      <Pagination
        summary="Surest first"
        previousHref={search.after ? hrefWith(HOME, { state }) : null}
        nextHref={next && hrefWith(HOME, { state, after: next })}
      />
    </>
  );
}

const EMPTY = {
  open: "Nothing looks like a duplicate",
  dismissed: "Nothing was said to be different",
  merged: "Nothing was merged yet",
} as const;
