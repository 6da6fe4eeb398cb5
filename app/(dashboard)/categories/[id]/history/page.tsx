import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { RestoreVersionButton } from "@/components/categories/restore-version-button";
import { PageHead } from "@/components/frame/page-head";
import { Event } from "@/components/product/product-history";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { activitySubject } from "@/lib/activity/list-activity";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { type HistoryEvent, listCategoryHistory } from "@/lib/catalog/product-history";

export const metadata: Metadata = { title: "History of a category" };

const placeInput = z.coerce.number().int().min(1).nullable().catch(null);

export default async function CategoryHistoryPage({ params, searchParams }: PageProps<"/categories/[id]/history">) {
  const actor = await requireActor("catalog:read");
  const { id } = await params;
  const before = placeInput.parse((await searchParams).before ?? null);
  const subject = await activitySubject(actor, { entity: "category", id });
  if (!subject) notFound();
  const { events, older } = await listCategoryHistory(actor, id, before);
  const mayRestore = can(actor, "catalog:write");
  // Behind its newest change it is what it is.
  const newest = before === null ? events[0] : null;
  const home = `/categories/${id}/history`;
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/catalog", label: "Catalogue" },
          { href: `/categories/${id}`, label: subject.words },
        ]}
        title={`History of ${subject.words}`}
        meta="Each change is a run: its page takes it back"
      />
      {events.length === 0 ? (
        <EmptyState
          title="Nothing is on record"
          actions={
            <Link href={`/categories/${id}`} className="text-accent underline">
              Back to the category
            </Link>
          }
        >
          What feeds and people change on this category will be told here, with every value before and after.
        </EmptyState>
      ) : (
        <ol className="scroller min-h-0 flex-1 border-t bg-panel px-4 pb-10 sm:px-6">
          {events.map((event) => (
            <Event
              key={event.id}
              event={event}
              action={mayRestore && event !== newest && <RestoreVersionButton id={id} change={changeOf(event)} />}
            />
          ))}
        </ol>
      )}
      <Pagination
        summary="Newest first"
        previousHref={before === null ? null : home}
        nextHref={older === null ? null : `${home}?before=${older}`}
      />
    </>
  );
}

/** A category's events are changes of runs alone. */
function changeOf(event: HistoryEvent) {
  return Number(event.id.slice("change-".length));
}
