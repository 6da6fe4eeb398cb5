"use client";

import { Plus, X } from "lucide-react";
import { CategoryPopover } from "@/components/product/category-popover";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";

type Props = {
  values: string[];
  names: FilterNames;
  onChange: (values: string[]) => void;
  /** A category was picked that nobody here has named yet. */
  onName: (value: string, name: string) => void;
};

const load = () => Promise.resolve(CategoryPopover);

/** Categories of a condition, found by typing a part of their names. */
export function CategoryValues({ values, names, onChange, onName }: Props) {
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-1">
      {values.map((value) => (
        <span key={value} className="inline-flex h-6 items-center gap-1 rounded-md border bg-sunk px-1.5 text-xs">
          {names.categories[value] ?? value}
          <button
            type="button"
            aria-label={`Leave out ${names.categories[value] ?? value}`}
            onClick={() => onChange(values.filter((other) => other !== value))}
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <OnIntent
        load={load}
        opens="dialog"
        props={{
          onPick: (choice) => {
            if (!choice || values.includes(choice.id)) return;
            onName(choice.id, choice.name);
            onChange([...values, choice.id]);
          },
        }}
      >
        <Button size="small" variant="ghost">
          <Plus aria-hidden />
          Category
        </Button>
      </OnIntent>
    </div>
  );
}
