import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { AnswersTable } from "@/components/inbox/answers-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listSourceNames } from "@/lib/feeds/queries";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { listAnswers } from "@/lib/sync/match-queue/answers";

export const metadata: Metadata = { title: "Answers given" };

const answersSearch = z.object({
  source: z.uuid().optional().catch(undefined),
  q: z.string().trim().max(100).catch(""),
  after: z.coerce.number().int().positive().optional().catch(undefined),
});

export default async function AnswersPage({ searchParams }: PageProps<"/inbox/answers">) {
  const actor = await requireActor();
  const search = answersSearch.parse(await searchParams);
  const [answers, sources] = await Promise.all([listAnswers(actor, search), listSourceNames(actor)]);
  return (
    <>
      <PageHead crumbs={[{ href: "/inbox", label: "Inbox" }]} title="Answers given" />
      <FilterForm label="Filter answers">
        <FilterSearch value={search.q} label="Key or SKU" />
        <FilterSelect
          name="source"
          label="Source"
          value={search.source ?? ""}
          anyLabel="Any source"
          options={sources.map((source) => ({ value: source.id, label: source.name }))}
        />
      </FilterForm>
      {answers.rows.length === 0 ? (
        <EmptyState title={search.q || search.source ? "No answer fits these filters" : "No answer has been given yet"}>
          {search.q || search.source ? (
            <Link href="/inbox/answers" className="text-accent underline">
              Show all answers
            </Link>
          ) : (
            "Who says which product a feed's row is finds the answer here, and can take it back."
          )}
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <AnswersTable rows={answers.rows} mayUndo={can(actor, "sync:review")} />
        </div>
      )}
      <Pagination
        summary={formatPlural(answers.rows.length, "answer")}
        previousHref={search.after ? hrefWith("/inbox/answers", { ...search, after: undefined }) : null}
        nextHref={answers.next === null ? null : hrefWith("/inbox/answers", { ...search, after: answers.next })}
      />
    </>
  );
}
