import { X } from "lucide-react";
import Link from "next/link";
import { FeedPlace } from "@/components/runs/feed-place";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { InboxItem, listComments } from "@/lib/inbox/get-inbox-item";
import { INBOX_KIND_WORDS } from "@/lib/inbox/inbox-row";
import { AssigneePicker } from "./assignee-picker";
import { Comments } from "./comments";
import { ConflictPanel } from "./conflict-panel";
import { MatchPanel } from "./match-panel";
import type { Me, Person } from "./me";
import { MissingPanel } from "./missing-panel";
import { RefusedPanel } from "./refused-panel";

type Props = {
  subject: string;
  item: InboxItem | null;
  assignee: Person | null;
  comments: Awaited<ReturnType<typeof listComments>>;
  people: Person[];
  me: Me;
  closeHref: string;
};

/** One thing that waits, with what is needed to decide it. */
export function InboxPanel({ subject, item, assignee, comments, people, me, closeHref }: Props) {
  return (
    <aside
      aria-label="What is open"
      className="scroller flex w-[480px] shrink-0 flex-col border-l bg-bg max-lg:w-full max-lg:border-l-0"
    >
      <header className="flex items-start gap-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-muted">{item ? sentence(INBOX_KIND_WORDS[item.kind].one) : "Gone"}</p>
          <h2 className="text-lg [overflow-wrap:anywhere]">
            {item ? titleOf(item) : "There is nothing here any more"}
          </h2>
        </div>
        <Link
          href={closeHref}
          scroll={false}
          className={buttonClass({ variant: "ghost", size: "icon" })}
          aria-label="Close"
        >
          <X aria-hidden />
        </Link>
      </header>
      {item ? (
        <>
          <Body item={item} me={me} />
          <div className="grid gap-4 border-t px-4 py-3">
            <AssigneePicker subject={subject} assignee={assignee} people={people} me={me} />
            <Comments subject={subject} comments={comments} />
          </div>
        </>
      ) : (
        <EmptyState
          title="It has been dealt with"
          actions={
            <Link href={closeHref} scroll={false} className={buttonClass()}>
              See what waits
            </Link>
          }
        >
          It was answered, or what it was about is gone.
        </EmptyState>
      )}
    </aside>
  );
}

function Body({ item, me }: { item: InboxItem; me: Me }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 py-3">
      {"place" in item && (
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs text-muted">
          <Link href={`/syncs/${item.place.run}`} className="text-accent hover:underline">
            {item.place.source}, run {item.place.run}
          </Link>
          {item.place.file && <FeedPlace file={item.place.file} line={item.place.line} />}
        </p>
      )}
      {item.answer && (
        <p className="rounded-md border bg-panel px-3 py-2">
          Answered: <strong className="font-medium">{item.answer}</strong>.
        </p>
      )}
      <Question item={item} me={me} />
      {!me.mayAnswer && item.answer === null && "place" in item && (
        <p className="text-xs text-muted">A manager answers this. A comment or your name on it helps whoever does.</p>
      )}
    </div>
  );
}

function Question({ item, me }: { item: InboxItem; me: Me }) {
  switch (item.kind) {
    case "match":
      return <MatchPanel item={item} mayAnswer={me.mayAnswer && item.answer === null} />;
    case "conflict":
      return <ConflictPanel item={item} mayAnswer={me.mayAnswer && item.answer === null} />;
    case "missing":
      return <MissingPanel item={item} mayAnswer={me.mayAnswer && item.answer === null} />;
    case "refused":
      return <RefusedPanel item={item} mayAnswer={me.mayAnswer && item.answer === null} />;
    case "review":
    case "failed":
      return (
        <>
          <p className="whitespace-pre-line">{item.reason}</p>
          <p>
            <Link href={item.href} className={buttonClass({ variant: "primary" })}>
              {item.kind === "review" ? "Review the run" : "See what failed"}
            </Link>
          </p>
        </>
      );
    default:
      return item satisfies never;
  }
}

function titleOf(item: InboxItem) {
  switch (item.kind) {
    case "match":
      return item.title;
    case "conflict":
    case "missing":
      return item.product.name;
    case "refused":
      return item.reason;
    case "review":
    case "failed":
      return item.title;
    default:
      return item satisfies never;
  }
}

function sentence(words: string) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
