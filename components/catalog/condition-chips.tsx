"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { OnIntent } from "@/components/ui/on-intent";
import { type ConditionGroup, withCondition } from "@/lib/catalog/filter/condition";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { cn } from "@/lib/class-names";

type Props = {
  at: number;
  group: ConditionGroup;
  base: string;
  search: ProductSearch;
  names: FilterNames;
  /** What each condition says: all fields there are come with the editor alone. */
  words: { label: string; value: string }[];
};

const loadEditor = () => import("./condition-editor").then((module) => module.ConditionEditor);

/** A group's conditions, each edited where it stands and taken away by a click; alternatives stand in one frame. */
export function ConditionChips({ at, group, base, search, names, words }: Props) {
  const { conditions } = search;
  const isOneOfMany = group.conditions.length > 1 && (group.join === "any" || conditions.join === "any");
  return (
    <li className="contents">
      {at > 0 && conditions.join === "any" && <span className="text-xs text-muted">or</span>}
      <ul
        className={cn(
          "flex min-w-0 flex-wrap items-center gap-1.5",
          isOneOfMany && "rounded-lg border border-dashed border-accent-line p-0.5",
        )}
      >
        {group.conditions.map((condition, position) => {
          const { label = "", value = "" } = words[position] ?? {};
          const place = [at, position] as const;
          const without = withCondition(conditions, place, null);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the address
            <li key={position} className="flex min-w-0 items-center gap-1.5">
              {position > 0 && isOneOfMany && (
                <span className="text-xs text-muted">{group.join === "any" ? "or" : "and"}</span>
              )}
              <span className="inline-flex h-6 max-w-80 min-w-0 items-center rounded-md border border-accent-line bg-accent-soft text-xs">
                <OnIntent
                  key={JSON.stringify(condition)}
                  load={loadEditor}
                  opens="dialog"
                  props={{ base, search, names, place, condition }}
                >
                  <button
                    type="button"
                    className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pl-2 hover:underline"
                  >
                    <span className="shrink-0 text-muted">{label}</span>
                    <span className="truncate">{value}</span>
                  </button>
                </OnIntent>
                <Link
                  href={productListHref(base, search, { conditions: without })}
                  prefetch={false}
                  scroll={false}
                  aria-label={`Remove filter ${label} ${value}`}
                  className="grid h-full w-6 shrink-0 place-items-center rounded-r-md hover:bg-hover"
                >
                  <X aria-hidden className="size-3" />
                </Link>
              </span>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
