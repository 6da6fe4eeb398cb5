"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentType, type KeyboardEvent, useId, useRef, useState, useTransition } from "react";
import { rememberSearch } from "@/components/search/recent-searches";
import type { Choice, PanelHandle, PanelProps } from "@/components/search/suggestion-panel";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { cn } from "@/lib/class-names";

/** Between the last key and the search, in milliseconds. */
const PAUSE_MS = 200;

type Props = { base: string; search: ProductSearch; label: string };

const loadPanel = () => import("@/components/search/suggestion-panel").then((module) => module.SuggestionPanel);

/** Searches in what the page shows, while one types; suggestions come with it once somebody is in the box. */
export function SearchBox({ base, search, label }: Props) {
  const router = useRouter();
  const [typed, setTyped] = useState(search.q);
  const [inAddress, setInAddress] = useState(search.q);
  const [isPending, startTransition] = useTransition();
  const [Panel, setPanel] = useState<ComponentType<PanelProps>>();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<string>();
  const panel = useRef<PanelHandle>(null);
  const listId = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (inAddress !== search.q) {
    // Somebody went back, or cleared the filters: the box says what the list shows.
    setInAddress(search.q);
    if (search.q !== typed.trim()) setTyped(search.q);
  }

  function show(q: string) {
    clearTimeout(timer.current);
    const href = productListHref(base, search, { q, literal: undefined, sort: undefined });
    startTransition(() => router.replace(href, { scroll: false }));
  }

  function close() {
    setOpen(false);
    setActive(undefined);
  }

  function choose(choice: Choice) {
    close();
    clearTimeout(timer.current);
    rememberSearch(choice.kind === "search" ? choice.q : typed);
    if (choice.kind === "go") return router.push(choice.href);
    const isBrand = choice.kind === "brand";
    const q = isBrand ? "" : choice.q;
    setTyped(q);
    const changes = { q, literal: undefined, sort: undefined, ...(isBrand && { brand: [choice.brand] }) };
    startTransition(() => router.replace(productListHref(base, search, changes), { scroll: false }));
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Escape" && isOpen) {
      // The first Escape closes the suggestions, the next empties the box.
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !isOpen) setOpen(true);
    else if (isOpen && panel.current?.press(event)) event.preventDefault();
  }

  async function wake() {
    setOpen(true);
    if (Panel) return;
    const component = await loadPanel();
    setPanel(() => component);
  }

  function change(value: string) {
    setTyped(value);
    setOpen(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(value), PAUSE_MS);
  }

  return (
    <form
      className="relative w-60 min-w-40 max-sm:flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        close();
        rememberSearch(typed);
        show(typed);
      }}
    >
      <Search
        aria-hidden
        className={cn(
          "pointer-events-none absolute top-[7px] left-2 size-3.5 text-faint",
          isPending && "animate-pulse",
        )}
      />
      <input
        type="search"
        name="q"
        data-page-search
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen && active !== undefined}
        aria-controls={active === undefined ? undefined : listId}
        aria-activedescendant={active}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={typed}
        onChange={(event) => change(event.target.value)}
        onFocus={() => void wake()}
        onBlur={close}
        onKeyDown={press}
        className="h-7 w-full rounded-md border bg-panel pr-2 pl-7 hover:border-line-strong focus-visible:border-accent"
      />
      {isOpen && Panel && <Panel ref={panel} id={listId} typed={typed} onChoose={choose} onActive={setActive} />}
    </form>
  );
}
