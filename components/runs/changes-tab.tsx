import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Pagination } from "@/components/ui/pagination";
import { ScrollArea } from "@/components/ui/scroll-area";
import { formatPlural, formatTotal } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import type { RunDetail } from "@/lib/sync/queries";
import { CHANGED_FIELDS } from "@/lib/sync/review/row-choice";
import type { listRunChanges } from "@/lib/sync/run-changes";
import { isPersonRun } from "@/lib/sync/run-triggers";
import { CHANGE_STATE_WORDS, heldCount } from "@/lib/sync/run-words";
import type { RunPageSearch } from "@/lib/sync/search-params";
import { ChangesTable, isTickable } from "./changes-table";
import { countOfKinds, KindLinks } from "./kind-links";
import { ReviewBar } from "./review-bar";
import { ReviewSelection } from "./review-selection";

type Props = {
  run: RunDetail;
  search: RunPageSearch;
  page: Awaited<ReturnType<typeof listRunChanges>>;
  /** Rows that wait and fit the filters, for whoever may answer them; null when nobody is asked. */
  matching?: number | null;
};

/** A run's changes, or those that wait for a person's answer. */
export function ChangesTab({ run, search, page, matching = null }: Props) {
  const isHeld = search.tab === "held";
  const { tab, what, kind, state, field, q } = search;
  const href = (more: { before?: number | null; after?: number | null; open?: number }) =>
    hrefWith(`/syncs/${run.number}`, {
      tab,
      what: what === "product" ? undefined : what,
      kind,
      state,
      field,
      q,
      before: search.before,
      after: search.after,
      ...more,
    });
  const isFiltered = Boolean(kind ?? state ?? field) || q !== "";
  const known = countOfKinds(run.kindsOf[what]);
  // The page's own count ends at a limit; while the run goes on it is the newer one.
  const total = isFiltered || isHeld || known < page.total.count ? page.total : { count: known, isCapped: false };
  const canTick = matching !== null && page.rows.length > 0;
  const list = (
    <>
      {isHeld && page.rows.some((row) => row.state === "staged") && (
        <p className="border-b px-4 py-2 text-muted">
          Say which product each row is{" "}
          <Link
            href={hrefWith("/inbox", { kind: "match", source: run.feedSourceId })}
            className="text-accent underline"
          >
            in the inbox
          </Link>
          : the answer is applied at once and remembered.
        </p>
      )}
      {!isHeld && <KindLinks run={run} search={search} />}
      {!isHeld && <ChangeFilters run={run} search={search} />}
      {page.rows.length === 0 ? (
        <NoChanges run={run} search={search} isFiltered={isFiltered} />
      ) : (
        <ScrollArea label="Changes">
          <ChangesTable
            changes={page.rows}
            canTick={canTick}
            showPlace={!isPersonRun(run.syncType)}
            showState={Object.keys(run.states).length > 1}
            openHref={(open) => href({ open })}
          />
        </ScrollArea>
      )}
      {canTick && <ReviewBar />}
      <Pagination
        summary={`${formatTotal(total)} ${total.count === 1 ? "change" : "changes"}`}
        previousHref={page.previous === null ? null : href({ before: page.previous, after: undefined })}
        nextHref={page.next === null ? null : href({ after: page.next, before: undefined })}
      >
        {canTick && <ReviewKeys />}
      </Pagination>
    </>
  );
  if (matching === null) return list;
  const shown = {
    runId: run.id,
    shownAt: page.shownAt.toISOString(),
    heldReason: run.heldReason,
    filter: { entity: what, kind, field, q },
    pageIds: page.rows.filter(isTickable).map(({ id }) => id),
    matching,
  };
  return <ReviewSelection shown={shown}>{list}</ReviewSelection>;
}

function ReviewKeys() {
  return (
    <span className="hidden items-center gap-1 lg:flex">
      <Kbd>J</Kbd> <Kbd>K</Kbd> move · <Kbd>X</Kbd> tick · <Kbd>A</Kbd> approve · <Kbd>R</Kbd> reject
    </span>
  );
}

function ChangeFilters({ run, search }: { run: RunDetail; search: RunPageSearch }) {
  const states = Object.keys(run.states) as (keyof typeof run.states)[];
  return (
    <FilterForm label="Filter changes">
      <input type="hidden" name="tab" value="changes" />
      <Input
        key={search.q}
        type="search"
        name="q"
        aria-label="Find a change"
        defaultValue={search.q}
        placeholder="SKU, name or key"
        className="w-44 max-sm:w-full"
      />
      <FilterSelect
        name="what"
        label="What"
        value={search.what === "product" ? "" : search.what}
        anyLabel="Products"
        options={[{ value: "category", label: "Categories" }]}
      />
      {search.kind && <input type="hidden" name="kind" value={search.kind} />}
      <FilterSelect
        name="field"
        label="Field"
        value={search.field ?? ""}
        anyLabel="Any field"
        options={Object.entries(CHANGED_FIELDS).map(([value, { label }]) => ({ value, label }))}
      />
      {(states.length > 1 || search.state) && (
        <FilterSelect
          name="state"
          label="State"
          value={search.state ?? ""}
          anyLabel="Any state"
          options={states.map((state) => ({ value: state, label: CHANGE_STATE_WORDS[state].words }))}
        />
      )}
    </FilterForm>
  );
}

function whyNothingChanged(run: RunDetail) {
  const held = heldCount(run);
  const others = [
    held > 0 && (
      <Link key="held" href={hrefWith(`/syncs/${run.number}`, { tab: "held" })} className="text-accent underline">
        {formatPlural(held, "row")} to decide
      </Link>
    ),
    run.failed > 0 && (
      <Link key="failed" href={hrefWith(`/syncs/${run.number}`, { tab: "rejected" })} className="text-accent underline">
        {formatPlural(run.failed, "row")} refused
      </Link>
    ),
  ].filter(Boolean);
  if (run.feedSourceId === null) return "Nothing was written.";
  if (others.length === 0) return "The feed says what the catalogue already knows. Nothing was written.";
  return (
    <>
      {others[0]}
      {others.length > 1 && <> and {others[1]}</>}; the feed says nothing else that is new. Nothing was written.
    </>
  );
}

function NoChanges({ run, search, isFiltered }: { run: RunDetail; search: RunPageSearch; isFiltered: boolean }) {
  const all = hrefWith(`/syncs/${run.number}`, { tab: "changes" });
  if (isFiltered) {
    return (
      <EmptyState icon={ArrowLeftRight} title="No change fits these filters">
        <Link href={all} className="text-accent underline">
          Show all changes
        </Link>
      </EmptyState>
    );
  }
  if (search.tab === "held") {
    return <EmptyState title="Nothing is held">Every row of this run found its product, or made one.</EmptyState>;
  }
  if (run.status === "running" || run.status === "pending") {
    return <EmptyState title="Nothing found yet">Changes appear here as the run finds them.</EmptyState>;
  }
  if (search.what === "category") {
    return (
      <EmptyState title="No category changed">
        <Link href={all} className="text-accent underline">
          Show products
        </Link>
      </EmptyState>
    );
  }
  if (run.status === "failed" || run.status === "cancelled") {
    return (
      <EmptyState title={`The run ${run.status === "failed" ? "failed" : "was cancelled"} before it found a change`}>
        Nothing was written.
      </EmptyState>
    );
  }
  return <EmptyState title="No product changed">{whyNothingChanged(run)}</EmptyState>;
}
