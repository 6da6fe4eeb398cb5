import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { InboxEmpty } from "@/components/inbox/inbox-empty";
import { InboxFilters } from "@/components/inbox/inbox-filters";
import { InboxList } from "@/components/inbox/inbox-list";
import { InboxPanel } from "@/components/inbox/inbox-panel";
import { buttonClass } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { actorUserId, can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listSourceNames } from "@/lib/feeds/queries";
import { formatTotal } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { countInbox } from "@/lib/inbox/count-inbox";
import { getInboxItem, listComments } from "@/lib/inbox/get-inbox-item";
import { INBOX_KIND_WORDS, INBOX_KINDS } from "@/lib/inbox/inbox-row";
import { listInbox } from "@/lib/inbox/list-inbox";
import { type InboxSearch, parseInboxSearch } from "@/lib/inbox/search-params";
import { listAssignees } from "@/lib/inbox/talk";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({ searchParams }: PageProps<"/inbox">) {
  const actor = await requireActor();
  const search = parseInboxSearch(await searchParams);
  const [page, count, sources, people, open] = await Promise.all([
    listInbox(actor, search),
    countInbox(actor, search),
    listSourceNames(actor),
    listAssignees(actor),
    search.open ? getInboxItem(actor, search.open) : null,
  ]);
  const comments = search.open ? await listComments(actor, search.open) : [];
  const href = (change: Partial<Record<keyof InboxSearch, string | undefined>>) =>
    hrefWith("/inbox", { ...search, ...change });
  const shown = search.kind ? count.kinds[search.kind] : count.total;
  const me = { id: actorUserId(actor), mayAnswer: can(actor, "sync:review") };
  const row = page.rows.find((one) => one.subject === search.open);
  return (
    <>
      <PageHead
        title="Inbox"
        meta={
          <span className="tabular">
            {formatTotal({ count: count.total, isCapped: count.isCapped })} {count.total === 1 ? "needs" : "need"} a
            person
          </span>
        }
        actions={
          <Link href="/inbox/answers" className={buttonClass()}>
            Answers given
          </Link>
        }
      />
      <div className={search.open ? "contents max-lg:hidden" : "contents"}>
        <Tabs
          label="Kinds"
          tabs={[
            {
              href: href({ kind: undefined, after: undefined, open: undefined }),
              label: "All",
              count: count.total,
              isCurrent: !search.kind,
            },
            ...INBOX_KINDS.filter((kind) => count.kinds[kind] > 0 || search.kind === kind).map((kind) => ({
              href: href({ kind, after: undefined, open: undefined }),
              label: sentence(INBOX_KIND_WORDS[kind].many),
              count: count.kinds[kind],
              isCurrent: search.kind === kind,
            })),
          ]}
        />
        <InboxFilters search={search} sources={sources} people={people} />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className={search.open ? "flex min-w-0 flex-1 flex-col max-lg:hidden" : "flex min-w-0 flex-1 flex-col"}>
          {page.rows.length === 0 ? (
            <InboxEmpty isFiltered={Boolean(search.kind || search.source || search.assignee || search.q)} />
          ) : (
            <InboxList
              rows={page.rows}
              search={search}
              shown={shown}
              people={people}
              me={me}
              key={`${search.kind}-${search.source}-${search.assignee}-${search.q}-${search.after}`}
            />
          )}
          <Pagination
            summary={`${formatTotal({ count: shown, isCapped: count.isCapped })} ${shown === 1 ? "waits" : "wait"}`}
            previousHref={search.after ? href({ after: undefined }) : null}
            nextHref={page.next === null ? null : href({ after: page.next, open: undefined })}
          />
        </div>
        {search.open && (
          <InboxPanel
            key={search.open}
            subject={search.open}
            item={open}
            assignee={row?.assignee ?? null}
            comments={comments}
            people={people}
            me={me}
            closeHref={href({ open: undefined })}
          />
        )}
      </div>
    </>
  );
}

function sentence(words: string) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
