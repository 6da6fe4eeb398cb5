"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { cn } from "@/lib/class-names";

/** Between the last key and the search, in milliseconds. */
const PAUSE_MS = 200;

type Props = { base: string; search: ProductSearch; label: string };

/** Searches in what the page shows, while one types. */
export function SearchBox({ base, search, label }: Props) {
  const router = useRouter();
  const [typed, setTyped] = useState(search.q);
  const [inAddress, setInAddress] = useState(search.q);
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (inAddress !== search.q) {
    // Somebody went back, or cleared the filters: the box says what the list shows.
    setInAddress(search.q);
    if (search.q !== typed.trim()) setTyped(search.q);
  }

  function show(q: string) {
    clearTimeout(timer.current);
    startTransition(() => router.replace(productListHref(base, search, { q, sort: undefined }), { scroll: false }));
  }

  function change(value: string) {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(value), PAUSE_MS);
  }

  return (
    <form
      className="relative w-60 min-w-40 max-sm:flex-1"
      onSubmit={(event) => {
        event.preventDefault();
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
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={typed}
        onChange={(event) => change(event.target.value)}
        className="h-7 w-full rounded-md border bg-panel pr-2 pl-7 hover:border-line-strong focus-visible:border-accent"
      />
    </form>
  );
}
