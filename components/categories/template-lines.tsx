"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/input";
import { useDragOrder } from "@/components/ui/use-drag-order";
import type { CategoryDetails } from "@/lib/categories/get-category-details";
import { TemplateFinder } from "./template-finder";

type Item = CategoryDetails["template"][number];
type Props = { items: Item[]; error?: string; onChange: (items: Item[]) => void };

/** The metafields that products of the category shall have, in their order, dragged or moved by buttons. */
export function TemplateLines({ items, error, onChange }: Props) {
  const nameOf = ({ namespace, key }: Item) => `${namespace}.${key}`;
  const list = useDragOrder<HTMLUListElement>(items.map(nameOf).sort().join(), move);
  function move(from: number, to: number) {
    const item = items[from];
    if (!item || to < 0 || to >= items.length) return;
    onChange(items.toSpliced(from, 1).toSpliced(to, 0, item));
  }
  return (
    <div className="grid gap-2">
      {items.length > 0 && (
        <ul ref={list} aria-label="Asked by this category">
          {items.map((item, at) => (
            <li
              key={nameOf(item)}
              className="flex min-h-8 items-center gap-1 border-b border-line-soft data-[drop=above]:border-t data-[drop=above]:border-t-accent data-[drop=below]:border-b-accent data-dragged:opacity-40"
            >
              <span className="min-w-0 truncate">{item.label}</span>
              <span className="mono truncate text-xs text-faint max-sm:hidden">{nameOf(item)}</span>
              <label className="ml-auto flex items-center gap-1.5 pr-1 text-xs">
                <Checkbox
                  checked={item.isRequired}
                  onChange={(event) => onChange(items.with(at, { ...item, isRequired: event.target.checked }))}
                />
                Required<span className="sr-only">: {item.label}</span>
              </label>
              <Button
                variant="ghost"
                size="icon-small"
                aria-label={`${item.label}: further up`}
                aria-disabled={at === 0}
                onClick={() => move(at, at - 1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon-small"
                aria-label={`${item.label}: further down`}
                aria-disabled={at === items.length - 1}
                onClick={() => move(at, at + 1)}
              >
                <ArrowDown aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon-small"
                aria-label={`Ask for ${item.label} no more`}
                onClick={() => onChange(items.toSpliced(at, 1))}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
      <TemplateFinder
        taken={items.map(nameOf)}
        onPick={({ namespace, key, name }) => onChange([...items, { namespace, key, label: name, isRequired: false }])}
      />
    </div>
  );
}
