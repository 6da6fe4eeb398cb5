"use client";

import { useEffect, useState } from "react";
import { Checkbox, Input } from "@/components/ui/input";

const PAUSE_MS = 120;

type Props = { categoryId: string | undefined; chosen: string[]; onChange: (brands: string[]) => void };

/** Brands to tick: the chosen ones, then the most frequent that begin with what is typed. */
export function BrandPicker({ categoryId, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [offers, setOffers] = useState<string[] | "failed">();

  useEffect(
    function askServer() {
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        const query = new URLSearchParams({ q: typed, ...(categoryId && { category: categoryId }) });
        // A failure is told in the list; an answer that came too late is dropped.
        const response = await fetch(`/api/brands?${query}`, { signal: abort.signal }).catch(() => null);
        const answer: string[] | "failed" = response?.ok ? await response.json() : "failed";
        if (!abort.signal.aborted) setOffers(answer);
      }, PAUSE_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    },
    [typed, categoryId],
  );

  const offered = Array.isArray(offers) ? offers.filter((brand) => !chosen.includes(brand)) : [];
  const shown = [...chosen, ...offered];
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-xs font-medium text-muted">Brand</legend>
      <Input
        type="search"
        aria-label="Find a brand"
        placeholder="Find a brand"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <ul className="scroller h-32 rounded-md border py-1">
        {shown.map((brand) => (
          <li key={brand}>
            <label className="flex h-6 items-center gap-1.5 px-2 hover:bg-hover">
              <Checkbox
                checked={chosen.includes(brand)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, brand] : chosen.filter((other) => other !== brand))
                }
              />
              <span className="truncate">{brand}</span>
            </label>
          </li>
        ))}
        {offers === "failed" && <li className="px-2 text-red">The brands could not be loaded.</li>}
        {Array.isArray(offers) && shown.length === 0 && <li className="px-2 text-muted">No brand begins so.</li>}
      </ul>
    </fieldset>
  );
}
