"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useOptimistic, useState } from "react";
import { keepPreference } from "@/components/frame/preference";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { COLUMNS_COOKIE, DENSITIES, DENSITY_COOKIE, type Density } from "@/lib/catalog/list-layout";
import {
  COLUMN_IDS,
  type ColumnId,
  PAGE_SIZES,
  type ProductSearch,
  productListHref,
} from "@/lib/catalog/product-search";
import { productColumn } from "./columns";

type Props = IntentProps & { base: string; search: ProductSearch; columns: ColumnId[]; density: Density };

/** Which columns, in which order, how tall and how many rows: kept by the browser, columns in the address too. */
export function LayoutPopover({ base, search, columns: present, density, trigger, defaultOpen }: Props) {
  const router = useRouter();

  // A second tick builds on the first, though the list with the first is still on its way.
  const [columns, setColumns] = useOptimistic(present);
  // Hidden ones follow the shown ones, where they can be ticked again.
  const [order, setOrder] = useState(() => [...columns, ...COLUMN_IDS.filter((id) => !columns.includes(id))]);

  function show(ids: ColumnId[]) {
    keepPreference(COLUMNS_COOKIE, ids.join("."));
    const { after, before } = search;
    startTransition(() => {
      setColumns(ids);
      router.replace(productListHref(base, search, { columns: ids, after, before }), { scroll: false });
    });
  }

  function toggle(id: ColumnId) {
    const shown = order.filter((other) => (other === id ? !columns.includes(id) : columns.includes(other)));
    if (shown.length > 0) show(shown);
  }

  function move(id: ColumnId, by: -1 | 1) {
    const at = order.indexOf(id);
    const next = [...order];
    next.splice(at, 1);
    next.splice(at + by, 0, id);
    setOrder(next);
    show(next.filter((other) => columns.includes(other)));
  }

  function choose(chosen: Density) {
    keepPreference(DENSITY_COOKIE, chosen);
    router.refresh();
  }

  return (
    <Popover defaultOpen={defaultOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Columns and rows" align="end" className="grid w-60 gap-3">
        <ul aria-label="Columns">
          {order.map((id, at) => {
            const label = productColumn(id, {}).meta?.label || "Picture";
            return (
              <li key={id} className="flex h-7 items-center gap-1">
                <label className="flex flex-1 items-center gap-2">
                  <Checkbox checked={columns.includes(id)} disabled={id === "name"} onChange={() => toggle(id)} />
                  {label}
                </label>
                <Button
                  size="icon-small"
                  variant="ghost"
                  aria-label={`Move ${label} left`}
                  disabled={at === 0}
                  onClick={() => move(id, -1)}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="icon-small"
                  variant="ghost"
                  aria-label={`Move ${label} right`}
                  disabled={at === order.length - 1}
                  onClick={() => move(id, 1)}
                >
                  <ArrowDown aria-hidden />
                </Button>
              </li>
            );
          })}
        </ul>
        <Choice
          label="Row height"
          options={Object.keys(DENSITIES)}
          chosen={density}
          onChoose={(word) => choose(word as Density)}
        />
        <Choice
          label="Rows a page"
          options={PAGE_SIZES.map(String)}
          chosen={String(search.size)}
          onChoose={(size) => {
            const chosen = PAGE_SIZES.find((option) => String(option) === size);
            router.push(productListHref(base, search, { size: chosen }), { scroll: false });
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

type ChoiceProps = { label: string; options: string[]; chosen: string; onChoose: (option: string) => void };

function Choice({ label, options, chosen, onChoose }: ChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted">{label}</legend>
      <div className="flex rounded-md border p-0.5">
        {options.map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={option === chosen}
            onClick={() => onChoose(option)}
            className="h-6 flex-1 rounded-sm text-xs text-muted hover:text-text aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            {option}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
