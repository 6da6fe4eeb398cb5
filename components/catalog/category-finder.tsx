"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type SearchAnswer, useSearchAnswer } from "@/components/ui/use-search-answer";
import type { FoundCategory } from "@/lib/categories/search-categories";
import { formatCount } from "@/lib/format";

/** Finds a category by name, with its path; without a name it shows the tree. */
export function CategoryFinder({ children }: { children: ReactNode }) {
  const [typed, setTyped] = useState("");
  const { asked, answer } = useSearchAnswer<FoundCategory[]>("/api/tree", typed);

  return (
    <>
      <label className="relative mx-2 mt-2 mb-2 block">
        <span className="sr-only">Find a category</span>
        <Search aria-hidden className="pointer-events-none absolute top-[7px] left-2 size-3.5 text-faint" />
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={walkResults}
          placeholder="Find a category"
          autoComplete="off"
          className="h-7 w-full rounded-md border bg-panel pr-2 pl-7 hover:border-line-strong focus-visible:border-accent"
        />
      </label>
      {asked ? <Results answer={answer} /> : children}
    </>
  );
}

function Results({ answer }: { answer: SearchAnswer<FoundCategory[]> | undefined }) {
  if (!answer) return <div className="flex-1" />;
  if (!answer.found) {
    return (
      <p role="alert" className="flex-1 px-3 py-2 text-red">
        The search did not answer. Type again to retry.
      </p>
    );
  }
  if (answer.found.length === 0)
    return <p className="flex-1 px-3 py-2 text-muted">No category is called “{answer.asked}”.</p>;
  return (
    <ul className="scroller min-h-0 flex-1 px-1.5" onKeyDown={walkResults}>
      {answer.found.map((category) => (
        <li key={category.id}>
          <Link
            href={`/catalog/${category.path}`}
            prefetch={false}
            className="category-result grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-md px-2 py-1 hover:bg-hover focus-visible:bg-hover"
          >
            <span className="truncate">{category.name}</span>
            <span className="tabular text-xs text-faint">{formatCount(category.total)}</span>
            <span className="col-span-2 truncate text-xs text-muted">{category.above.join(" › ") || "Top level"}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Arrows go from the box through the results; Enter in the box opens the first. */
function walkResults(event: KeyboardEvent<HTMLElement>) {
  const links = [...document.querySelectorAll<HTMLElement>(".category-result")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (event.key === "Enter" && at < 0) links[0]?.click();
  else if (event.key === "ArrowDown") links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at > 0) links[at - 1]?.focus();
  else return;
  event.preventDefault();
}
