"use client";

import { Clock, FolderTree, Package, Search, Tag, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useState } from "react";
import { useFinding } from "@/components/palette/use-finding";
import { cn } from "@/lib/class-names";
import type { Finding } from "@/lib/search/find-anything";
import { forgetAllSearches, forgetSearch, useRecentSearches } from "./recent-searches";

/** What choosing a suggestion means: words to search for, or a place to go to. */
export type Choice = { kind: "search"; q: string } | { kind: "go"; href: string } | { kind: "brand"; brand: string };

interface Suggestion {
  id: string;
  heading: string;
  icon: ReactNode;
  text: string;
  aside?: string;
  /** A code is never cut. */
  isCode?: boolean;
  choice: Choice;
  isRecent?: boolean;
}

/** Lets the box hand over its keys. */
export interface PanelHandle {
  /** True when the key was for the panel. */
  press: (event: KeyboardEvent) => boolean;
}

export type PanelProps = {
  ref: Ref<PanelHandle>;
  id: string;
  typed: string;
  onChoose: (choice: Choice) => void;
  /** The chosen one's id, for the box to name. */
  onActive: (id: string | undefined) => void;
};

const PRODUCTS = 4;
const CATEGORIES = 3;

/** Under the search box: recent searches while it is empty, how it may go on while one types. */
export function SuggestionPanel({ ref, id, typed, onChoose, onActive }: PanelProps) {
  const recent = useRecentSearches();
  const { finding, hasFailed } = useFinding(typed);
  const [active, setActive] = useState<{ for: string; at: number }>({ for: "", at: -1 });
  const suggestions = typed.trim() ? suggestionsOf(finding) : recent.map(recentSuggestion);
  // Another text has other suggestions: none of them is chosen yet.
  const at = active.for === typed && active.at < suggestions.length ? active.at : -1;

  function activate(next: number) {
    setActive({ for: typed, at: next });
    onActive(next < 0 ? undefined : `${id}-${next}`);
  }

  useImperativeHandle(ref, () => ({
    press(event) {
      const count = suggestions.length;
      if (count === 0) return false;
      // One before the first is the box itself.
      if (event.key === "ArrowDown") activate(at + 1 >= count ? -1 : at + 1);
      else if (event.key === "ArrowUp") activate(at < 0 ? count - 1 : at - 1);
      else if (event.key === "Enter" && suggestions[at]) onChoose(suggestions[at].choice);
      else if (event.key === "Delete" && suggestions[at]?.isRecent) forgetSearch(suggestions[at].text);
      else return false;
      return true;
    },
  }));

  if (hasFailed) return <Frame>The suggestions did not come. The search itself works.</Frame>;
  if (suggestions.length === 0) return null;
  return (
    <div className="absolute top-full left-0 z-30 mt-1 w-[min(26rem,calc(100vw-1.5rem))] overflow-hidden rounded-md border bg-panel shadow-float">
      <div id={id} role="listbox" aria-label="Suggestions" className="scroller max-h-[min(24rem,60vh)] p-1">
        {suggestions.map((suggestion, index) => (
          <div key={suggestion.id}>
            {suggestion.heading !== suggestions[index - 1]?.heading && (
              <div aria-hidden className="px-2 pt-1.5 pb-0.5 text-xs text-muted">
                {suggestion.heading}
              </div>
            )}
            <Line
              id={`${id}-${index}`}
              suggestion={suggestion}
              isActive={index === at}
              onPoint={() => activate(index)}
              onChoose={() => onChoose(suggestion.choice)}
            />
          </div>
        ))}
      </div>
      {!typed.trim() && (
        <button
          type="button"
          // The box keeps the focus, or the panel would close before it is clicked.
          onMouseDown={(event) => event.preventDefault()}
          onClick={forgetAllSearches}
          className="w-full border-t px-3 py-1.5 text-left text-xs text-muted hover:text-text"
        >
          Forget these searches
        </button>
      )}
    </div>
  );
}

type LineProps = { id: string; suggestion: Suggestion; isActive: boolean; onPoint: () => void; onChoose: () => void };

function Line({ id, suggestion, isActive, onPoint, onChoose }: LineProps) {
  const { heading, icon, text, aside, isCode, isRecent } = suggestion;
  return (
    <div className={cn("flex items-center rounded-md", isActive && "bg-accent-soft")} onPointerMove={onPoint}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus and hears the keys */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the box names it as its active descendant */}
      <div
        id={id}
        role="option"
        aria-selected={isActive}
        aria-label={`${heading}: ${text}${aside ? `, ${aside}` : ""}`}
        aria-description={isRecent ? "Delete forgets it" : undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
        className="flex h-7 min-w-0 flex-1 cursor-default items-center gap-2 px-2 max-sm:h-9 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-muted"
      >
        {icon}
        <span className="truncate">{text}</span>
        {aside && (
          <span className={cn("ml-auto pl-3 text-xs text-muted", isCode ? "mono shrink-0" : "truncate")}>{aside}</span>
        )}
      </div>
      {isRecent && (
        <span
          aria-hidden
          title="Forget this search (Delete)"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => forgetSearch(text)}
          className="grid size-7 place-items-center text-muted hover:text-text max-sm:size-9"
        >
          <X className="size-3" />
        </span>
      )}
    </div>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="absolute top-full left-0 z-30 mt-1 w-72 rounded-md border bg-panel px-3 py-2 text-xs text-muted shadow-float"
    >
      {children}
    </div>
  );
}

function recentSuggestion(q: string): Suggestion {
  const choice = { kind: "search", q } as const;
  return {
    id: `recent ${q}`,
    heading: "Recent searches",
    icon: <Clock aria-hidden />,
    text: q,
    choice,
    isRecent: true,
  };
}

function suggestionsOf(finding: Finding | null): Suggestion[] {
  if (!finding) return [];
  return [
    ...finding.words.map((q) => ({
      id: `word ${q}`,
      heading: "Search for",
      icon: <Search aria-hidden />,
      text: q,
      choice: { kind: "search", q } as const,
    })),
    ...finding.brands.map((brand) => ({
      id: `brand ${brand}`,
      heading: "Brands",
      icon: <Tag aria-hidden />,
      text: brand,
      choice: { kind: "brand", brand } as const,
    })),
    ...finding.categories.slice(0, CATEGORIES).map(({ id, name, path, above }) => ({
      id: `category ${id}`,
      heading: "Categories",
      icon: <FolderTree aria-hidden />,
      text: name,
      aside: above.join(" › "),
      choice: { kind: "go", href: `/catalog/${path}` } as const,
    })),
    ...finding.products.slice(0, PRODUCTS).map(({ id, name, sku }) => ({
      id: `product ${id}`,
      heading: "Products",
      icon: <Package aria-hidden />,
      text: name,
      aside: sku,
      isCode: true,
      choice: { kind: "go", href: `/products/${id}` } as const,
    })),
  ];
}
