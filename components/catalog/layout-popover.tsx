"use client";

import { ArrowDown, ArrowUp, GripVertical, Pin, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useOptimistic, useState } from "react";
import { keepPreference } from "@/components/frame/preference";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useDragOrder } from "@/components/ui/use-drag-order";
import { isMetafieldId, type MetafieldId, metafieldId } from "@/lib/catalog/filter/condition";
import { COLUMNS_COOKIE, DENSITIES, DENSITY_COOKIE, type Density, PINNED_COOKIE } from "@/lib/catalog/list-layout";
import {
  COLUMN_IDS,
  type ColumnId,
  MOST_COLUMNS,
  PAGE_SIZES,
  type ProductSearch,
  productListHref,
  writeColumns,
} from "@/lib/catalog/product-search";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { type MetafieldColumn, productColumn } from "./columns";
import { MetafieldFinder } from "./metafield-finder";

type Props = IntentProps & {
  base: string;
  search: ProductSearch;
  columns: ColumnId[];
  pinned: ColumnId[];
  metafields: Partial<Record<MetafieldId, MetafieldColumn>>;
  density: Density;
};

/** Which columns, in which order, how tall and how many rows: kept by the browser, columns in the address too. */
export function LayoutPopover({ base, search, columns: present, density, trigger, defaultOpen, ...given }: Props) {
  const router = useRouter();

  // A second tick builds on the first, though the list with the first is still on its way.
  const [columns, setColumns] = useOptimistic(present);
  const [pinned, setPinned] = useState(given.pinned);
  const [metafields, setMetafields] = useState(given.metafields);
  const [isFinding, setFinding] = useState(false);
  // Hidden ones follow the shown ones, where they can be ticked again.
  const [order, setOrder] = useState<ColumnId[]>(() => [
    ...columns,
    ...COLUMN_IDS.filter((id) => !columns.includes(id)),
  ]);

  function show(ids: ColumnId[]) {
    keepPreference(COLUMNS_COOKIE, writeColumns(ids));
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

  function put(from: number, to: number) {
    const id = order[from];
    if (id === undefined || to < 0 || to >= order.length) return;
    const next = order.toSpliced(from, 1).toSpliced(to, 0, id);
    setOrder(next);
    show(next.filter((other) => columns.includes(other)));
  }

  function pin(id: ColumnId) {
    const next = pinned.includes(id) ? pinned.filter((other) => other !== id) : [...pinned, id];
    setPinned(next);
    keepPreference(PINNED_COOKIE, writeColumns(next));
    router.refresh();
  }

  function add({ namespace, key, name }: DefinitionChoice) {
    const id = metafieldId(namespace, key);
    setFinding(false);
    if (columns.includes(id) || columns.length >= MOST_COLUMNS) return;
    setMetafields((known) => ({ ...known, [id]: { label: name || key, isNumber: false } }));
    setOrder((all) => [...columns, id, ...all.filter((other) => other !== id && !columns.includes(other))]);
    show([...columns, id]);
  }
  const list = useDragOrder<HTMLUListElement>(order.toSorted().join(), put);

  function choose(chosen: Density) {
    keepPreference(DENSITY_COOKIE, chosen);
    router.refresh();
  }

  return (
    <Popover defaultOpen={defaultOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Columns and rows" align="end" className="grid w-72 gap-3">
        <ul ref={list} aria-label="Columns" className="scroller max-h-[46vh]">
          {order.map((id, at) => {
            const label = productColumn(id, metafields).meta?.label || "Picture";
            return (
              <li
                key={id}
                className="flex h-7 items-center gap-1 data-[drop=above]:border-t-2 data-[drop=above]:border-t-accent data-[drop=below]:border-b-2 data-[drop=below]:border-b-accent data-dragged:opacity-50"
              >
                <GripVertical aria-hidden className="size-3.5 shrink-0 cursor-grab text-faint" />
                <label className="flex min-w-0 flex-1 items-center gap-2">
                  <Checkbox checked={columns.includes(id)} disabled={id === "name"} onChange={() => toggle(id)} />
                  <span className="truncate">{label}</span>
                </label>
                <Button
                  size="icon-small"
                  variant="ghost"
                  aria-pressed={pinned.includes(id)}
                  aria-label={`Keep ${label} at the left`}
                  title="Keep at the left"
                  className={pinned.includes(id) ? "text-accent" : undefined}
                  onClick={() => pin(id)}
                >
                  <Pin aria-hidden />
                </Button>
                <Button
                  size="icon-small"
                  variant="ghost"
                  aria-label={`Move ${label} left`}
                  disabled={at === 0}
                  onClick={() => put(at, at - 1)}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="icon-small"
                  variant="ghost"
                  aria-label={`Move ${label} right`}
                  disabled={at === order.length - 1}
                  onClick={() => put(at, at + 1)}
                >
                  <ArrowDown aria-hidden />
                </Button>
              </li>
            );
          })}
        </ul>
        {isFinding ? (
          <MetafieldFinder without={columns.filter(isMetafieldId).map((id) => id.slice("m.".length))} onPick={add} />
        ) : (
          <Button size="small" className="justify-self-start" onClick={() => setFinding(true)}>
            <Plus aria-hidden />
            Metafield
          </Button>
        )}
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
