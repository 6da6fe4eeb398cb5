"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type Condition, withCondition } from "@/lib/catalog/filter/condition";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { FilterBuilder } from "./filter-builder";

type Props = IntentProps & {
  base: string;
  search: ProductSearch;
  names: FilterNames;
  /** Which of the filter's conditions it is. */
  place: readonly [group: number, condition: number];
  condition: Condition;
};

/** One condition of the filter, edited where its chip stands. */
export function ConditionEditor({ base, search, names, place, condition, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Edit the condition" className="w-[560px] max-w-[calc(100vw-16px)]">
        <FilterBuilder
          isSingle
          conditions={{ join: "all", groups: [{ join: "all", conditions: [condition] }] }}
          names={names}
          onCancel={() => setOpen(false)}
          onApply={({ groups }) => {
            setOpen(false);
            const next = groups[0]?.conditions[0] ?? null;
            const conditions = withCondition(search.conditions, place, next);
            router.push(productListHref(base, search, { conditions, refused: [] }), { scroll: false });
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
