import { Bell } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { MarkAllButton } from "@/components/notifications/mark-all-button";
import { NotificationsList } from "@/components/notifications/notifications-list";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { NOTIFICATION_KIND_NAMES, NOTIFICATION_KINDS } from "@/lib/notifications/kinds";
import { countWords } from "@/lib/notifications/page-title";
import { listNotifications, unreadNotifications } from "@/lib/notifications/queries";
import { type NotificationSearch, parseNotificationSearch } from "@/lib/notifications/search-params";

export const metadata: Metadata = { title: "Notifications" };

const KINDS = NOTIFICATION_KIND_NAMES.map((value) => ({ value, label: NOTIFICATION_KINDS[value].anyone }));

export default async function NotificationsPage({ searchParams }: PageProps<"/notifications">) {
  const actor = await requireActor();
  const search = parseNotificationSearch(await searchParams);
  const [page, unread] = await Promise.all([listNotifications(actor, search), unreadNotifications(actor)]);
  const { before, after, ...filters } = search;
  const href = (cursor: Partial<NotificationSearch>) => hrefWith("/notifications", { ...filters, ...cursor });
  const [newest] = unread.newest;
  return (
    <>
      <PageHead
        title="Notifications"
        meta={<span className="tabular">{unread.unread > 0 ? `${countWords(unread)} unread` : "all read"}</span>}
        actions={
          <>
            {newest && <MarkAllButton upTo={newest.id} />}
            <Link href="/account#notifications" className={buttonClass()}>
              What I am told of
            </Link>
            {can(actor, "settings:manage") && (
              <Link href="/admin/notifications" className={buttonClass()}>
                Channels
              </Link>
            )}
          </>
        }
      />
      <FilterForm label="Filter notifications">
        <FilterSelect
          name="show"
          label="Read or not"
          value={search.show ?? ""}
          anyLabel="Read and unread"
          options={[{ value: "unread", label: "Unread" }]}
        />
        <FilterSelect name="kind" label="Kind" value={search.kind ?? ""} anyLabel="Any kind" options={KINDS} />
      </FilterForm>
      {page.rows.length > 0 ? (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <NotificationsList rows={page.rows} />
        </div>
      ) : (
        <Nothing isFiltered={Object.values(filters).some(Boolean)} />
      )}
      <Pagination
        summary={formatPlural(page.total, "notification")}
        previousHref={page.newer && href({ after: page.newer })}
        nextHref={page.older && href({ before: page.older })}
      />
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={Bell} title="No notification fits these filters">
        <Link href="/notifications" className="text-accent underline">
          Show all notifications
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Bell} title="Nothing to tell yet">
      You are told here when a job of yours ends, a run waits for review, or something needs you.
    </EmptyState>
  );
}
