import { GitCompareArrows } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHead } from "@/components/frame/page-head";
import { CompareCounts } from "@/components/history/compare-counts";
import { CompareKinds } from "@/components/history/compare-kinds";
import { CompareRows } from "@/components/history/compare-rows";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { requireActor } from "@/lib/auth/current-actor";
import { hrefWith } from "@/lib/href";
import { type CompareSearch, compareRuns, parseCompareSearch, type RunComparison } from "@/lib/sync/history/compare";

export const metadata: Metadata = { title: "Compare runs" };

const CRUMBS = [
  { href: "/syncs", label: "Syncs" },
  { href: "/syncs", label: "Compare" },
];

export default async function ComparePage({ searchParams }: PageProps<"/syncs/compare">) {
  const actor = await requireActor();
  const search = parseCompareSearch(await searchParams);
  const [first, second] = search.run;
  if (search.run.length !== 2 || first === undefined || second === undefined) return <PickTwo picked={search.run} />;
  const found = await compareRuns(actor, [first, second], search.part, search.after);
  if (!found) notFound();
  const run = `${found.a.number},${found.b.number}`;
  const href = (part: CompareSearch["part"], after?: number | null) =>
    hrefWith("/syncs/compare", { run, part: part === "both" ? undefined : part, after });
  return (
    <>
      <PageHead crumbs={CRUMBS.slice(0, 1)} title={`Runs ${found.a.number} and ${found.b.number}`} />
      <div className="scroller min-h-0 flex-1">
        <div className="grid gap-6 px-4 pb-6 xl:grid-cols-2">
          <CompareCounts a={found.a} b={found.b} />
          <CompareKinds a={found.a} b={found.b} pairs={found.pairs} />
        </div>
        <Tabs label="Compared things" tabs={partTabs(found, search, href)} />
        <div className="bg-panel">
          <CompareRows comparison={found} part={search.part} />
        </div>
      </div>
      <Pagination
        summary="In the order they were found"
        previousHref={search.after > 0 ? href(search.part) : null}
        nextHref={found.next === null ? null : href(search.part, found.next)}
      />
    </>
  );
}

function partTabs(
  { a, b, pairs }: RunComparison,
  search: CompareSearch,
  href: (part: CompareSearch["part"]) => string,
) {
  const sum = (which: (pair: RunComparison["pairs"][number]) => boolean) =>
    pairs.filter(which).reduce((total, pair) => total + pair.count, 0);
  const tabs = [
    { part: "both", label: "In both, with another outcome" },
    { part: "a", label: `Only in run ${a.number}`, count: sum((pair) => pair.b === null) },
    { part: "b", label: `Only in run ${b.number}`, count: sum((pair) => pair.a === null) },
  ] as const;
  return tabs.map(({ part, ...tab }) => ({ ...tab, href: href(part), isCurrent: part === search.part }));
}

function PickTwo({ picked }: { picked: number[] }) {
  return (
    <>
      <PageHead crumbs={CRUMBS.slice(0, 1)} title="Compare runs" />
      <EmptyState icon={GitCompareArrows} title={picked.length > 2 ? "Two runs at a time" : "Pick two runs"}>
        {picked.length > 2
          ? `${picked.length} runs were ticked. Untick some until two are left.`
          : "Tick two runs in the list and press Compare."}{" "}
        <Link href="/syncs" className="text-accent underline">
          Back to the runs
        </Link>
      </EmptyState>
    </>
  );
}
